//! Reads from a WebAssembly module how large each function is and what it is called.

use std::collections::BTreeMap;

const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const CODE: u8 = 10;
const DATA: u8 = 11;

/// The parts of a module that weigh.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The name of each function and the size of its body.
    pub(super) functions: Vec<(String, usize)>,
    /// The size of the data section.
    pub(super) data: usize,
}

/// Reads a module; none if it is no module or has no names.
pub(super) fn parts(module: &[u8]) -> Option<Parts> {
    let mut rest = Bytes(module.strip_prefix(b"\0asm\x01\0\0\0")?);
    let (mut imported, mut bodies, mut data) = (0, Vec::new(), 0);
    let mut names = None;
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let mut section = rest.sized()?;
        match id {
            IMPORT => imported = imported_functions(&mut section)?,
            CODE => bodies = body_sizes(&mut section)?,
            DATA => data = section.0.len(),
            CUSTOM if section.sized()?.0 == b"name" => names = function_names(&mut section),
            _ => {}
        }
    }
    let mut names = names?;
    let functions = bodies
        .into_iter()
        .enumerate()
        .map(|(position, size)| {
            (
                names.remove(&(imported + position)).unwrap_or_default(),
                size,
            )
        })
        .collect();
    Some(Parts { functions, data })
}

fn body_sizes(section: &mut Bytes<'_>) -> Option<Vec<usize>> {
    let count = section.number()?;
    (0..count).map(|_| Some(section.sized()?.0.len())).collect()
}

/// Imported functions are numbered before the module's own.
fn imported_functions(section: &mut Bytes<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.sized()?; // module
        section.sized()?; // name
        match section.byte()? {
            0 => {
                section.number()?;
                functions += 1;
            }
            1 => {
                section.byte()?;
                section.limits()?;
            }
            2 => section.limits()?,
            3 => {
                section.byte()?;
                section.byte()?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

fn function_names(section: &mut Bytes<'_>) -> Option<BTreeMap<usize, String>> {
    const FUNCTIONS: u8 = 1;
    while !section.0.is_empty() {
        let id = section.byte()?;
        let mut part = section.sized()?;
        if id == FUNCTIONS {
            let count = part.number()?;
            return (0..count)
                .map(|_| {
                    let number = part.number()?;
                    let name = String::from_utf8_lossy(part.sized()?.0).into_owned();
                    Some((number, name))
                })
                .collect();
        }
    }
    None
}

/// What is still to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// An unsigned number in LEB128.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A length and as many bytes.
    fn sized(&mut self) -> Option<Bytes<'a>> {
        let length = self.number()?;
        let (part, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Bytes(part))
    }

    fn limits(&mut self) -> Option<()> {
        let flags = self.byte()?;
        self.number()?;
        if flags & 1 == 1 {
            self.number()?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    /// One imported function, one own function of four bytes called `f`, two bytes of data.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\
        \x02\x07\x01\x01m\x01i\x00\x00\
        \x0a\x06\x01\x04\x00\x41\x00\x0b\
        \x0b\x02ab\
        \x00\x0b\x04name\x01\x04\x01\x01\x01f";

    #[test]
    fn reads_names_and_sizes() {
        let parts = parts(MODULE).unwrap();
        assert_eq!(parts.functions, [("f".to_owned(), 4)]);
        assert_eq!(parts.data, 2);
    }

    #[test]
    fn refuses_what_is_no_module() {
        assert!(parts(b"nonsense").is_none());
        assert!(parts(&MODULE[..MODULE.len() - 3]).is_none());
    }
}
