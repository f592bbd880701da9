//! Writes the finished files, each beside its compressed form, and the list of them
//! that the server's build script reads.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{files_below, relative};
use crate::workspace::{put_in_place, remove_folder};

const MANIFEST: &str = "manifest.json";

/// The files of the console by their path, without a leading `/`.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// What `manifest.json` says.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Changes whenever any file does: an open tab compares it to notice that the
    /// server is newer.
    pub(crate) build: String,
    /// One entry for each file, sorted by path.
    pub(crate) files: Vec<Entry>,
}

/// One file of the console.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Its path below the console's root, without a leading `/`. The compressed form
    /// has the same path with `.br` added.
    pub(crate) path: String,
    /// What to send as Content-Type.
    pub(crate) content_type: String,
    /// Whether the name holds a hash, so that caches may keep the file for ever.
    pub(crate) immutable: bool,
    /// The hash of the file as it is, in hex.
    pub(crate) sha256: String,
    /// Its size as it is.
    pub(crate) bytes: usize,
    /// Its size compressed.
    pub(crate) brotli_bytes: usize,
}

/// Reads all files of trunk's output.
pub(super) fn collect(dist: &Path) -> Result<Files> {
    files_below(dist)?
        .into_iter()
        .map(|file| {
            let bytes =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            Ok((relative(&file, dist)?, bytes))
        })
        .collect()
}

/// Reads the list of a finished console.
pub(crate) fn read_manifest(embed: &Path) -> Result<Manifest> {
    let file = embed.join(MANIFEST);
    let text = fs::read_to_string(&file)
        .with_context(|| format!("no {}: run `cargo xtask build-console`", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("cannot read {}", file.display()))
}

/// Writes the files. If they are what stands there already, nothing is touched, so
/// that the server is not built again for nothing.
pub(super) fn write(files: &Files, embed: &Path) -> Result<()> {
    let fresh = embed.with_extension("new");
    remove_folder(&fresh)?;
    let mut all = Sha256::new();
    let mut entries = Vec::new();
    for (path, bytes) in files {
        let compressed = compress(bytes)?;
        write_file(&fresh.join(path), bytes)?;
        write_file(&fresh.join(format!("{path}.br")), &compressed)?;
        let hash = Sha256::digest(bytes);
        all.update(path);
        all.update(hash);
        entries.push(Entry {
            path: path.clone(),
            content_type: content_type(path)?.to_owned(),
            immutable: path.contains(&short_hash(bytes)),
            sha256: hex(&hash),
            bytes: bytes.len(),
            brotli_bytes: compressed.len(),
        });
    }
    let manifest = Manifest {
        build: hex(&all.finalize()[..8]),
        files: entries,
    };
    if read_manifest(embed).is_ok_and(|old| old == manifest) {
        return remove_folder(&fresh);
    }
    let text = serde_json::to_string_pretty(&manifest)?;
    write_file(&fresh.join(MANIFEST), text.as_bytes())?;
    put_in_place(&fresh, embed)
}

/// The start of the hash, long enough for a file's name.
pub(super) fn short_hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}

/// Bytes in hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write_file(file: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

fn compress(bytes: &[u8]) -> Result<Vec<u8>> {
    let (quality, window, buffer) = (11, 24, 1 << 16);
    let mut writer = brotli::CompressorWriter::new(Vec::new(), buffer, quality, window);
    writer.write_all(bytes)?;
    writer.flush()?;
    Ok(writer.into_inner())
}

fn content_type(path: &str) -> Result<&'static str> {
    Ok(match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => bail!("no content type is known for {path}: add it in {}", file!()),
    })
}

#[cfg(test)]
mod tests {
    use super::{Files, MANIFEST, content_type, read_manifest, short_hash, write};

    #[test]
    fn writes_each_file_twice_and_touches_nothing_unchanged() {
        let folder = std::env::temp_dir().join(format!("xtask-embed-{}", std::process::id()));
        let hashed = format!("a-{}.js", short_hash(b"js"));
        let files: Files = [("index.html", "page"), (&hashed, "js")]
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into();
        write(&files, &folder).unwrap();
        let manifest = read_manifest(&folder).unwrap();
        let immutable: Vec<bool> = manifest.files.iter().map(|file| file.immutable).collect();
        assert_eq!(immutable, [true, false]);
        assert!(folder.join("index.html.br").is_file());
        let written = || {
            folder
                .join(MANIFEST)
                .metadata()
                .unwrap()
                .modified()
                .unwrap()
        };
        let before = written();
        write(&files, &folder).unwrap();
        assert_eq!(written(), before);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn an_unknown_kind_of_file_is_an_error() {
        assert!(content_type("index.html").is_ok());
        assert!(content_type("font.woff2").is_err());
    }
}
