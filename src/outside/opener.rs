//! Opens an address of the web in the system's browser, beside our own terminal.
//!
//! What is particular to a system stands in [`openers`]. No shell is involved, nothing is waited
//! for, and the program that opens has neither our terminal nor its signals: where only browsers
//! that draw in a terminal could open the address, it is not opened, so that the caller can show it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, io, thread};

use super::link::web;

/// Why an address was not opened.
#[derive(Debug, thiserror::Error)]
pub enum Unopened {
    /// It does not begin with `http://` or `https://`.
    #[error("not an address of the web")]
    NotWeb,
    /// There is no screen that a browser could open on, as over SSH.
    #[error("no screen for a browser here")]
    NoScreen,
    /// `$BROWSER` names only browsers that would draw over our own terminal.
    #[error("{0} needs this terminal for itself")]
    TextBrowser(String),
    /// None of the programs that open addresses here is installed.
    #[error("no program here opens addresses: looked for {0}")]
    NoOpener(String),
    /// The program is there but did not start.
    #[error("{} did not start", .0.display())]
    Failed(PathBuf, #[source] io::Error),
}

/// Asks the system to open `address` and comes back at once. That the program started is all that
/// is known then.
///
/// # Errors
/// When the address is not of the web, or nothing here can open it; the message is for the status
/// line.
pub fn open(address: &str) -> Result<(), Unopened> {
    open_among(address, &|name| env::var_os(name))
}

/// [`open`] in the environment that `value` tells.
fn open_among(address: &str, value: &impl Fn(&str) -> Option<OsString>) -> Result<(), Unopened> {
    let address = web(address).ok_or(Unopened::NotWeb)?;
    let openers = openers(value)?;
    let path = value("PATH").unwrap_or_default();
    for words in &openers {
        let Some((name, args)) = words.split_first() else {
            continue;
        };
        if let Some(program) = program(name, &path) {
            return start(&program, args, &address);
        }
    }
    let names: Vec<_> = openers
        .iter()
        .filter_map(|words| words.first())
        .map(String::as_str)
        .collect();
    Err(Unopened::NoOpener(names.join(", ")))
}

/// Starts `program`; `%s` among its arguments stands for the address, which else comes last.
fn start(program: &Path, args: &[String], address: &str) -> Result<(), Unopened> {
    let mut command = Command::new(program);
    let named = args.iter().any(|arg| arg.contains("%s"));
    command.args(args.iter().map(|arg| arg.replace("%s", address)));
    if !named {
        command.arg(address);
    }
    command
        // A script that opens would go on to the text browser that is refused here.
        .env_remove("BROWSER")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // In the background of the terminal: Ctrl-C in the explorer does not reach the browser, and a
    // browser that takes up the terminal all the same is stopped by the system before it draws.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command
        .spawn()
        .map_err(|error| Unopened::Failed(program.to_owned(), error))?;
    // Someone must take note of its end, or it stays in the list of processes. Without a thread
    // for that it does until we end.
    let _ = thread::Builder::new().spawn(move || child.wait());
    Ok(())
}

/// The file of a program, looked for as a shell does.
fn program(name: &str, path: &OsString) -> Option<PathBuf> {
    let found = |file: PathBuf| is_program(&file).then_some(file);
    if name.contains(std::path::MAIN_SEPARATOR) {
        return found(name.into());
    }
    // An empty part would mean the folder that we happen to be in.
    let folders = env::split_paths(path).filter(|folder| folder.is_absolute());
    let mut files = folders.map(|folder| folder.join(name));
    files.find_map(found)
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// Browsers that draw in the terminal they are started from.
#[cfg(not(any(windows, target_os = "macos")))]
const TEXT_BROWSERS: &str =
    "browsh carbonyl cha edbrowse elinks links links2 lynx netrik retawq w3m www-browser";

/// The programs to try, each with its first arguments: those that `$BROWSER` names (a list with
/// colons; `%s` stands for the address), then those of the desktop, where there is a screen.
#[cfg(not(any(windows, target_os = "macos")))]
fn openers(value: &impl Fn(&str) -> Option<OsString>) -> Result<Vec<Vec<String>>, Unopened> {
    let set = |name: &str| value(name).is_some_and(|value| !value.is_empty());
    let words = |line: &str| {
        line.split_whitespace()
            .map(String::from)
            .collect::<Vec<_>>()
    };
    let wish = value("BROWSER").unwrap_or_default();
    let wish = wish.to_string_lossy();
    let wished = wish.split(':').map(words).filter(|words| !words.is_empty());
    let draws = |words: &Vec<String>| {
        let name = Path::new(&words[0]).file_name().unwrap_or_default();
        TEXT_BROWSERS.split(' ').any(|text| name == text)
    };
    let (text, mut openers): (Vec<_>, Vec<_>) = wished.partition(draws);
    if set("WSL_DISTRO_NAME") || set("WSL_INTEROP") {
        openers.push(words("wslview"));
    }
    if set("TERMUX_VERSION") {
        openers.push(words("termux-open-url"));
    }
    if set("DISPLAY") || set("WAYLAND_DISPLAY") {
        openers.extend(["xdg-open", "gio open", "x-www-browser"].map(words));
    }
    match (openers.is_empty(), text.into_iter().next()) {
        (true, Some(text)) => Err(Unopened::TextBrowser(text[0].clone())),
        (true, None) => Err(Unopened::NoScreen),
        (false, _) => Ok(openers),
    }
}

/// `open` is macOS's own. Over SSH it would open the browser on a screen far away.
#[cfg(target_os = "macos")]
fn openers(value: &impl Fn(&str) -> Option<OsString>) -> Result<Vec<Vec<String>>, Unopened> {
    if value("SSH_CONNECTION").is_some() {
        return Err(Unopened::NoScreen);
    }
    Ok(vec![vec!["/usr/bin/open".into()]])
}

/// The handler of addresses, by itself: `start` is a word of the command shell, to which `&` and
/// `%` in an address are commands.
#[cfg(windows)]
fn openers(value: &impl Fn(&str) -> Option<OsString>) -> Result<Vec<Vec<String>>, Unopened> {
    if value("SSH_CONNECTION").is_some() {
        return Err(Unopened::NoScreen);
    }
    let root = value("SystemRoot").unwrap_or_else(|| r"C:\Windows".into());
    let handler = Path::new(&root).join("System32").join("rundll32.exe");
    Ok(vec![vec![
        handler.to_string_lossy().into_owned(),
        "url.dll,FileProtocolHandler".into(),
    ]])
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::sync::{Mutex, MutexGuard, PoisonError};
    use std::time::{Duration, Instant};

    use super::*;

    /// A folder with programs that write down, a line each, their name and arguments.
    struct Desk {
        folder: tempfile::TempDir,
        _one: MutexGuard<'static, ()>,
    }

    /// One desk at a time: a program that is being written by one test cannot be started while
    /// another test's child has not yet closed what it inherited.
    static ONE: Mutex<()> = Mutex::new(());

    impl Desk {
        fn with(names: &str) -> Self {
            let desk = Self {
                _one: ONE.lock().unwrap_or_else(PoisonError::into_inner),
                folder: tempfile::tempdir().expect("there is room"),
            };
            for name in names.split_whitespace() {
                let file = desk.folder.path().join(name);
                // Whole lines at once: the file appears when it is written.
                let note = desk.folder.path().join("note");
                let script = format!(
                    "#!/bin/sh\n{{ echo {name}; for arg; do echo \"$arg\"; done; echo \"${{BROWSER-none}}\"; readlink /proc/$$/fd/0; cat; }} > {0}.new 2>&1\n/bin/mv {0}.new {0}\n",
                    note.display()
                );
                fs::write(&file, script).expect("it can be written");
                fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("it is ours");
            }
            desk
        }

        fn open(&self, address: &str, table: &str) -> Result<(), Unopened> {
            open_among(address, &|name| {
                if name == "PATH" {
                    return Some(self.folder.path().into());
                }
                let mut pairs = table.split('|').filter_map(|pair| pair.split_once('='));
                let (_, value) = pairs.find(|(set, _)| *set == name)?;
                Some(value.into())
            })
        }

        /// What the program that was started wrote down.
        fn note(&self) -> String {
            let deadline = Instant::now() + Duration::from_secs(30);
            loop {
                match fs::read_to_string(self.folder.path().join("note")) {
                    Ok(note) => return note.lines().collect::<Vec<_>>().join(" "),
                    Err(_) if Instant::now() < deadline => {
                        thread::sleep(Duration::from_millis(5));
                    }
                    Err(error) => panic!("nothing was started: {error}"),
                }
            }
        }
    }

    const ADDRESS: &str = "https://undocs.org/A/74/130";

    #[test]
    fn the_program_that_is_meant_gets_the_address_and_no_terminal() {
        for (installed, table, wanted) in [
            ("xdg-open gio", "DISPLAY=:0", "xdg-open {}"),
            ("gio", "WAYLAND_DISPLAY=wayland-0", "gio open {}"),
            (
                "firefox xdg-open",
                "DISPLAY=:0|BROWSER=firefox",
                "firefox {}",
            ),
            ("firefox", "BROWSER=firefox", "firefox {}"),
            (
                "firefox",
                "BROWSER=firefox --new-tab %s",
                "firefox --new-tab {}",
            ),
            (
                "firefox",
                "BROWSER=firefox --url=%s -x",
                "firefox --url={} -x",
            ),
            ("firefox", "BROWSER=w3m:none:firefox", "firefox {}"),
            ("w3m xdg-open", "DISPLAY=:0|BROWSER=w3m", "xdg-open {}"),
            ("xdg-open", "DISPLAY=:0|BROWSER= : ", "xdg-open {}"),
            ("wslview", "WSL_DISTRO_NAME=Debian", "wslview {}"),
        ] {
            let desk = Desk::with(installed);
            desk.open(ADDRESS, table).expect(table);
            let wanted = format!("{} none /dev/null", wanted.replace("{}", ADDRESS));
            assert_eq!(desk.note(), wanted, "{table}");
        }
    }

    #[test]
    fn an_address_is_one_argument_whatever_it_holds() {
        let desk = Desk::with("xdg-open");
        desk.open("https://un.org/a b;touch x&$(y)'\"\n`z`", "DISPLAY=:0")
            .expect("it is opened");
        assert_eq!(
            desk.note(),
            "xdg-open https://un.org/a%20b;touch%20x&$(y)'%22%0A%60z%60 none /dev/null"
        );
    }

    #[test]
    fn where_nothing_can_open_it_the_reason_is_told() {
        for (installed, table, address, told) in [
            (
                "xdg-open",
                "DISPLAY=:0",
                "file:///etc/passwd",
                "not an address of the web",
            ),
            (
                "xdg-open",
                "DISPLAY=:0",
                "--help",
                "not an address of the web",
            ),
            ("xdg-open", "", ADDRESS, "no screen for a browser here"),
            (
                "xdg-open",
                "DISPLAY=",
                ADDRESS,
                "no screen for a browser here",
            ),
            (
                "w3m lynx",
                "BROWSER=/usr/bin/w3m:lynx",
                ADDRESS,
                "/usr/bin/w3m needs this terminal for itself",
            ),
            (
                "",
                "DISPLAY=:0",
                ADDRESS,
                "no program here opens addresses: looked for xdg-open, gio, x-www-browser",
            ),
            (
                "",
                "BROWSER=firefox",
                ADDRESS,
                "no program here opens addresses: looked for firefox",
            ),
        ] {
            let told_now = Desk::with(installed)
                .open(address, table)
                .map_err(|error| error.to_string());
            assert_eq!(told_now, Err(told.into()), "{table}");
        }
    }

    #[test]
    fn what_cannot_run_is_told() {
        let desk = Desk::with("xdg-open");
        fs::write(desk.folder.path().join("xdg-open"), "#!/no/such/shell\n")
            .expect("it can be written");
        let told = desk.open(ADDRESS, "DISPLAY=:0");
        assert!(matches!(told, Err(Unopened::Failed(..))), "{told:?}");
    }

    #[test]
    fn a_browser_that_does_not_end_is_not_waited_for() {
        let desk = Desk::with("");
        let file = desk.folder.path().join("xdg-open");
        fs::write(&file, "#!/bin/sh\nexec /bin/sleep 20\n").expect("it can be written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("it is ours");
        let start = Instant::now();
        desk.open(ADDRESS, "DISPLAY=:0").expect("it is opened");
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
