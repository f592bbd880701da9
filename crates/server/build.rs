//! Embeds the console that `cargo xtask build-console` made. Without one the server still builds,
//! so that its own tests need no console; it then says so when it starts.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-env-changed=BAILIWICK_CONSOLE_DIR");
    let mut code = String::from("static ASSETS: &[Asset] = &[\n");
    if let Some(dir) = env::var_os("BAILIWICK_CONSOLE_DIR").map(PathBuf::from) {
        let manifest = dir.join("manifest.json");
        println!("cargo:rerun-if-changed={}", manifest.display());
        let manifest: serde_json::Value = serde_json::from_slice(&fs::read(manifest)?)?;
        let files = manifest["files"].as_array().or(manifest.as_array());
        for file in files.ok_or("manifest.json lists no files")? {
            let text = |name: &str| file[name].as_str().ok_or(format!("manifest.json: {name}"));
            let path = text("path")?;
            let plain = dir.join(path);
            let brotli = dir.join(format!("{path}.br"));
            writeln!(
                code,
                "Asset {{ path: {:?}, content_type: {:?}, immutable: {}, plain: include_bytes!({plain:?}), brotli: include_bytes!({brotli:?}) }},",
                format!("/{path}"),
                text("content_type")?,
                file["immutable"].as_bool().unwrap_or(false),
            )?;
        }
    }
    code.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("assets.rs"), code)?;
    Ok(())
}
