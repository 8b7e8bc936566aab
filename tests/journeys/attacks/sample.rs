//! A request of every command and query of the contract, made from nothing but its type:
//! what is added to the list is attacked as well, without anybody remembering to.

use contract::{Endpoint, endpoints};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor, value};
use serde_json::Value;
use std::{cell::RefCell, collections::HashMap};

/// What a text may have to be, tried one after the other.
const TEXTS: [&str; 5] = [
    "words",
    "01890000-0000-7000-8000-00000000f0f0",
    "2026-11-23",
    "2026-11-23T12:00:00Z",
    "29GD9000326",
];

/// One line of the contract's list.
pub(super) struct Asked {
    pub(super) name: &'static str,
    /// Whether strangers, or people whose window is locked, may ask it.
    pub(super) open: bool,
    /// A request in form.
    pub(super) body: Value,
    /// A body as the server reads it, written again; nothing if it is not taken.
    pub(super) read: fn(&Value) -> Option<Value>,
}

macro_rules! all {
    ($(($kind:ident, $open:ident, $name:literal, $method:ident, $request:ty, $view:ty)),* $(,)?) => {
        /// Every line of the list.
        pub(super) fn requests() -> Vec<Asked> {
            vec![$(Asked {
                name: $name,
                open: <$request as Endpoint>::OPEN,
                body: sample::<$request>(),
                read: read::<$request>,
            }),*]
        }
    };
}

endpoints!(all);

fn read<R: Endpoint>(body: &Value) -> Option<Value> {
    let request: R = serde_json::from_value(body.clone()).ok()?;
    serde_json::to_value(request).ok()
}

fn sample<R: Endpoint>() -> Value {
    let search = RefCell::new(Search::default());
    for _ in 0..1_000 {
        let maker = Maker {
            search: &search,
            path: String::new(),
        };
        match R::deserialize(maker) {
            Ok(request) => return serde_json::to_value(request).unwrap(),
            Err(error) => {
                let mut search = search.borrow_mut();
                let last = search.last.take();
                let last = last.unwrap_or_else(|| panic!("{}: {error}", R::NAME));
                let next = search.chosen.entry(last.clone()).or_default();
                *next += 1;
                assert!(*next < TEXTS.len(), "{} {last}: {error}", R::NAME);
            }
        }
    }
    panic!("{} cannot be made", R::NAME)
}

/// The same with some of its texts and numbers replaced, by the name under which they stand.
pub(super) fn changed(value: &Value, change: &dyn Fn(&str, &Value) -> Option<Value>) -> Value {
    fn under(name: &str, value: &Value, change: &dyn Fn(&str, &Value) -> Option<Value>) -> Value {
        match value {
            Value::Array(all) => all.iter().map(|one| under(name, one, change)).collect(),
            Value::Object(_) => changed(value, change),
            plain => change(name, plain).unwrap_or_else(|| plain.clone()),
        }
    }
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), under(name, value, change)))
            .collect(),
        other => under("", other, change),
    }
}

/// Which text stands where, and where one was put last.
#[derive(Default)]
struct Search {
    chosen: HashMap<String, usize>,
    last: Option<String>,
}

/// Makes a value of whatever type asks for one.
struct Maker<'a> {
    search: &'a RefCell<Search>,
    path: String,
}

impl Maker<'_> {
    fn under(&self, name: &str) -> Self {
        Self {
            search: self.search,
            path: format!("{}.{name}", self.path),
        }
    }

    fn text(&self) -> &'static str {
        let mut search = self.search.borrow_mut();
        let chosen = search.chosen.get(&self.path).copied().unwrap_or_default();
        search.last = Some(self.path.clone());
        TEXTS[chosen]
    }
}

type Wrong = value::Error;

macro_rules! numbers {
    ($($method:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            visitor.visit_u64(0)
        }
    )*};
}

macro_rules! texts {
    ($($method:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            visitor.visit_str(self.text())
        }
    )*};
}

impl<'de> Deserializer<'de> for Maker<'_> {
    type Error = Wrong;

    numbers!(
        deserialize_i8,
        deserialize_i16,
        deserialize_i32,
        deserialize_i64,
        deserialize_u8,
        deserialize_u16,
        deserialize_u32,
        deserialize_u64,
        deserialize_f32,
        deserialize_f64
    );
    texts!(
        deserialize_any,
        deserialize_char,
        deserialize_str,
        deserialize_string,
        deserialize_bytes,
        deserialize_byte_buf,
        deserialize_identifier
    );

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_bool(false)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_seq(Several {
            maker: self,
            left: 1,
        })
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let maker = self;
        visitor.visit_seq(Several {
            maker,
            left: length,
        })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_map(Fields {
            maker: self,
            names: vec!["key"],
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_map(Fields {
            maker: self,
            names: fields.iter().rev().copied().collect(),
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let first = *variants
            .first()
            .ok_or_else(|| no("a list without a word"))?;
        visitor.visit_enum(value::StrDeserializer::new(first))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }
}

fn no(why: &str) -> Wrong {
    de::Error::custom(why)
}

/// So many values.
struct Several<'a> {
    maker: Maker<'a>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Several<'_> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let maker = self.maker.under(&self.left.to_string());
        seed.deserialize(maker).map(Some)
    }
}

/// The fields of a struct, the last name first.
struct Fields<'a> {
    maker: Maker<'a>,
    names: Vec<&'static str>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Wrong> {
        let Some(name) = self.names.last() else {
            return Ok(None);
        };
        seed.deserialize(value::StrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let name = self.names.pop().unwrap_or_default();
        seed.deserialize(self.maker.under(name))
    }
}
