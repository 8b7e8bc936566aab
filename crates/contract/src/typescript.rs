//! The front end's types, written from the list.

use crate::Endpoint;
use std::{any::TypeId, collections::BTreeMap};
use ts_rs::{Config, TS, TypeVisitor};

struct Gather<'a> {
    config: &'a Config,
    seen: Vec<TypeId>,
    declarations: BTreeMap<String, String>,
}

impl TypeVisitor for Gather<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        if T::output_path().is_some() {
            self.declarations.insert(
                T::ident(self.config),
                format!("export {}", T::decl(self.config)),
            );
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// The whole of `ui/src/contract/index.ts`: every type, then the map from
/// `noun.verb` to its request and view.
#[must_use]
pub fn typescript() -> String {
    let config = Config::default();
    let mut types = Gather {
        config: &config,
        seen: Vec::new(),
        declarations: BTreeMap::new(),
    };
    // Two nouns may each have a `View`; on the wire map they are told apart by
    // their shape, so requests are written in place and only views by name.
    let mut map = String::new();
    macro_rules! write_map {
        ($(($kind:ident, $open:ident, $name:literal, $method:ident, $request:ty, $view:ty)),* $(,)?) => {$(
            types.visit::<$view>();
            <$request as TS>::visit_dependencies(&mut types);
            map.push_str(&format!(
                "  \"{}\": {{ request: {}; view: {}; kind: \"{}\" }};\n",
                <$request as Endpoint>::NAME,
                <$request as TS>::inline(&config),
                <$view as TS>::ident(&config),
                stringify!($kind),
            ));
        )*};
    }
    crate::endpoints!(write_map);
    types.visit::<crate::Problem>();
    types.visit::<crate::live::Live>();
    types.visit::<crate::material::Uploaded>();

    let mut out = String::from(
        "// Generated from crates/contract by `cargo xtask generate`. Do not edit.\n\n",
    );
    for declaration in types.declarations.values() {
        out.push_str(declaration);
        out.push_str("\n\n");
    }
    out.push_str("/** Every command and query: what is asked and what comes back. */\nexport interface Contract {\n");
    out.push_str(&map);
    out.push_str("}\n");
    out
}
