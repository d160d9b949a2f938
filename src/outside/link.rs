//! Addresses of the web made safe to hand to a terminal or a program, and terminal hyperlinks.

/// The longest address that is made a hyperlink: what the terminals of GNOME take.
const LONGEST: usize = 2083;

/// The address if it is one of the web (`http` or `https`, with a host), with everything that may
/// not stand in an address percent-encoded (RFC 3986): control characters, spaces, quotes, and all
/// that is not ASCII.
pub(super) fn web(address: &str) -> Option<String> {
    let address = address.trim();
    let begins = |scheme: &str| {
        address
            .get(..scheme.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| begins(scheme))?;
    let rest = &address[scheme.len()..];
    if rest.is_empty() || rest.starts_with(['/', '?', '#', ':', '@', '\\']) {
        return None;
    }
    let mut out = String::from(scheme);
    for byte in rest.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(out)
}

/// `text` as a hyperlink of terminals (OSC 8) to `address`; none where the address is not of the
/// web, or too long for some terminal.
///
/// The link is closed behind the text. All that lead to one address have the same `id`, so that a
/// terminal shows the pieces of one as one, across lines too. `text` must be safe to print.
///
/// ```
/// use rapporteur::outside::hyperlink;
/// let link = hyperlink("https://un.org", "UN").unwrap();
/// assert_eq!(link, "\x1b]8;id=4b398975;https://un.org\x1b\\UN\x1b]8;;\x1b\\");
/// ```
pub fn hyperlink(address: &str, text: &str) -> Option<String> {
    let address = web(address).filter(|address| address.len() <= LONGEST)?;
    let id = id(&address);
    Some(format!(
        "\x1b]8;id={id:08x};{address}\x1b\\{text}\x1b]8;;\x1b\\"
    ))
}

/// The same for the same address in every run: FNV-1a, 32 bits.
fn id(address: &str) -> u32 {
    address.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_let_through() {
        for (address, wanted) in [
            ("https://un.org", Some("https://un.org")),
            (" HTTP://UN.ORG/a ", Some("http://UN.ORG/a")),
            ("https://un.org/网", Some("https://un.org/%E7%BD%91")),
            (
                "https://un.org/\"'`$(x)",
                Some("https://un.org/%22'%60$(x)"),
            ),
            (
                "https://un.org/\x1b\\x\x07",
                Some("https://un.org/%1B%5Cx%07"),
            ),
            (
                "https://un.org/\u{9c}\u{202e}",
                Some("https://un.org/%C2%9C%E2%80%AE"),
            ),
            ("https://un.org/a b\x1b", Some("https://un.org/a%20b%1B")),
            ("https://un.org/a\nb", Some("https://un.org/a%0Ab")),
            ("https://un.org/a%20b;c", Some("https://un.org/a%20b;c")),
            ("https://", None),
            ("https:///etc", None),
            ("http:un.org", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("-https://un.org", None),
            ("un.org", None),
            ("", None),
            ("网络犯罪网络犯罪", None),
        ] {
            assert_eq!(web(address).as_deref(), wanted, "{address:?}");
        }
    }

    #[test]
    fn an_address_that_is_too_long_is_no_hyperlink() {
        let long = |length: usize| format!("https://{}", "a".repeat(length - 8));
        assert!(hyperlink(&long(LONGEST), "x").is_some());
        assert!(hyperlink(&long(LONGEST + 1), "x").is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_address_ends_its_sequence(rest in any::<String>()) {
            if let Some(address) = web(&format!("https://x{rest}")) {
                prop_assert!(address.bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }
    }
}
