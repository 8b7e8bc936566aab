//! Where this computer wants a person's application data to be.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

const NAME: &str = "common-platform";

/// The folder for a run that names none.
pub(crate) fn default() -> PathBuf {
    choose(env::consts::OS, &|name| env::var_os(name))
}

/// The system's rule: the XDG base directories, Application Support, or the
/// local (not the roaming) application data of Windows, because a database must
/// not be copied about between computers.
fn choose(system: &str, variable: &dyn Fn(&str) -> Option<OsString>) -> PathBuf {
    let absolute = |name: &str| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.has_root())
    };
    let home = || absolute("HOME").unwrap_or_else(env::temp_dir);
    let base = match system {
        "windows" => absolute("LOCALAPPDATA")
            .or_else(|| absolute("USERPROFILE"))
            .unwrap_or_else(env::temp_dir),
        "macos" => home().join("Library/Application Support"),
        _ => absolute("XDG_DATA_HOME").unwrap_or_else(|| home().join(".local/share")),
    };
    base.join(NAME)
}

/// The path as a person types it, with `~` for their own folder.
pub(crate) fn typed(path: &str) -> PathBuf {
    let path = path.trim();
    if let Some(rest) = path.strip_prefix("~/")
        && let Some(home) = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))
    {
        return Path::new(&home).join(rest);
    }
    PathBuf::from(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<'a>(variables: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
        |name| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| OsString::from(value))
        }
    }

    #[test]
    fn linux_keeps_to_the_base_directories() {
        let chosen = choose("linux", &with(&[("HOME", "/h"), ("XDG_DATA_HOME", "/d")]));
        assert_eq!(chosen, Path::new("/d/common-platform"));
        let chosen = choose("linux", &with(&[("HOME", "/h")]));
        assert_eq!(chosen, Path::new("/h/.local/share/common-platform"));
    }

    #[test]
    fn a_relative_base_directory_is_ignored_as_its_standard_says() {
        let chosen = choose("linux", &with(&[("HOME", "/h"), ("XDG_DATA_HOME", "d")]));
        assert_eq!(chosen, Path::new("/h/.local/share/common-platform"));
    }

    #[test]
    fn a_mac_has_application_support() {
        let chosen = choose("macos", &with(&[("HOME", "/Users/a")]));
        assert_eq!(
            chosen,
            Path::new("/Users/a/Library/Application Support/common-platform")
        );
    }

    #[test]
    fn a_typed_path_may_be_short_for_home_and_have_spaces_around_it() {
        assert_eq!(typed("  /a/b.pdf "), Path::new("/a/b.pdf"));
        if let Some(home) = env::var_os("HOME") {
            assert_eq!(typed("~/b.pdf"), Path::new(&home).join("b.pdf"));
        }
    }
}
