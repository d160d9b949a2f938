//! What cannot be read is said: which file, what is the matter with it, and what to do.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use super::program;

/// Bytes, and what is told of them: what is the matter, and the way out.
const UNREADABLE: &[(&[u8], &str, &str)] = &[
    (b"", "it is empty", "give a file with text in it"),
    (
        b" \r\n\t\n\x0c\n",
        "nothing is printed in it",
        "give a file with text in it",
    ),
    (b"\xef\xbb\xbf\n", "nothing is printed in it", "give a file"),
    (
        "\u{3000}\n\u{a0}".as_bytes(),
        "nothing is printed in it",
        "give a file",
    ),
    (
        b"text\0more",
        "it is binary, not text (a NUL at byte 4)",
        "name a report",
    ),
    (
        b"\x01\x02\x03\x04abcd\x05",
        "it is binary, not text (5 of its 9 bytes are control characters, the first is byte 0)",
        "name a report",
    ),
    (
        b"{\\rtf1\\ansi Text}",
        "it is an RTF document",
        "save it as DOCX, PDF or plain text",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
        "it is an old Word or Excel document (.doc, .xls)",
        "save it as DOCX",
    ),
    (b"%!PS-Adobe-3.0\n", "it is PostScript", "ps2pdf"),
    (b"\x1f\x8b\x08\0\0", "it is packed by gzip", "unpack it"),
    (b"\xfd7zXZ\0", "it is packed by xz", "unpack it"),
    (b"BZh91AY&SY", "it is packed by bzip2", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "it is packed by zstd", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7-Zip archive", "unpack it"),
    (b"Rar!\x1a\x07\0", "it is a RAR archive", "unpack it"),
    (
        b"PK\x03\x04....report.txt",
        "it is a ZIP archive",
        "unpack it and name the report in it",
    ),
    (
        b"PK\x03\x04....xl/workbook.xml",
        "it is an Excel workbook (XLSX)",
        "save it as DOCX, PDF",
    ),
    (
        b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text",
        "it is an OpenDocument file",
        "save it as DOCX",
    ),
    (
        b"PK\x03\x04....mimetypeapplication/epub+zip",
        "it is an EPUB book",
        "save it as",
    ),
    (
        b"\x89PNG\r\n\x1a\n....",
        "it is a picture (PNG)",
        "have its text recognised (OCR",
    ),
    (b"\xff\xd8\xff\xe0....", "it is a picture (JPEG)", "OCR"),
    (b"II*\0....", "it is a picture (TIFF)", "OCR"),
    (b"GIF89a", "it is a picture (GIF)", "OCR"),
    (b"RIFF....WEBPVP8 ", "it is a picture (WebP)", "OCR"),
];

#[test]
fn what_cannot_be_read_is_named_with_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    for (at, (bytes, what, way_out)) in UNREADABLE.iter().enumerate() {
        // The name says nothing.
        let path = folder.path().join(format!("{at}.txt"));
        fs::write(&path, bytes).unwrap();
        let output = program()
            .args(["outline", "-r"])
            .arg(&path)
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), output.stdout.len()),
            (Some(2), 0),
            "{told}"
        );
        let head = format!("rapporteur: cannot read {}: {what}", path.display());
        assert!(told.starts_with(&head), "{told}");
        let (_, way) = told.split_once("\n  try: ").expect("there is a way out");
        assert!(way.contains(way_out), "{told}");
        assert_eq!(told.lines().count(), 2, "{told}");
        // Standard input is told apart the same way.
        let mut child = program()
            .args(["outline", "-r", "-"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        let piped = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            piped,
            told.replace(&path.display().to_string(), "standard input")
        );
    }
}

#[test]
fn what_is_not_there_is_told_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (name, words) in [
        (
            folder.path().display().to_string(),
            ["it is a folder", "try: name a file in it"],
        ),
        (path("missing.txt"), ["because: ", "try: check the name"]),
        (
            path("none/missing.txt"),
            ["because: ", "try: check the name"],
        ),
    ] {
        let output = program().args(["outline", "-r", &name]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            told.starts_with(&format!("rapporteur: cannot read {name}")),
            "{told}"
        );
        assert!(words.iter().all(|word| told.contains(word)), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_one_may_not_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.txt");
    fs::write(&path, "1. Text.").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let output = program()
        .args(["outline", "-r"])
        .arg(&path)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("try: ask for the right to read it"), "{told}");
}

#[test]
fn an_encoding_is_named_as_people_name_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    // Да. in KOI8-R: too short to guess.
    fs::write(&path, b"1. \xe4\xc1.\n").unwrap();
    for name in ["koi8-r", "KOI8_R", "koi8"] {
        let output = program()
            .args(["outline", "--encoding", name, "-r"])
            .arg(&path)
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "1    1. Да.\n");
    }
    let output = program()
        .args(["outline", "--encoding", "klingon", "-r"])
        .arg(&path)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told.contains("no encoding has this name; the usual ones are UTF-8, UTF-16LE"),
        "{told}"
    );
}
