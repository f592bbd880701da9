//! What the shim wrote down.

use std::collections::BTreeSet;
use std::path::Path;

use crate::child::DATABASE;

/// The file that the child writes its acknowledgements to. They stand in the log like any other
/// write, and so at their place among the others.
pub(crate) const ACKNOWLEDGEMENTS: &str = "acknowledged";

/// A change of a file. Paths are relative to the watched folder, which itself is `.`.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) kind: Kind,
    pub(crate) path: String,
    pub(crate) offset: usize,
    pub(crate) bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Create,
    Write,
    /// The file's length is now `offset`.
    Cut,
    Sync,
    Unlink,
    /// The new path is in `bytes`.
    Rename,
}

/// All changes in their order.
#[derive(Debug)]
pub(crate) struct Log(Vec<Record>);

impl Log {
    pub(crate) fn read(file: &Path) -> Self {
        let text = std::fs::read(file).unwrap();
        let mut rest = text.as_slice();
        let mut records = Vec::new();
        // The child may end while another thread of it writes: the last record may be cut off.
        while let Some((record, after)) = record(rest) {
            records.push(record);
            rest = after;
        }
        Self(records)
    }

    pub(crate) fn records(&self) -> &[Record] {
        &self.0
    }

    /// The ids that were acknowledged in the first so many records.
    pub(crate) fn acknowledged(&self, until: usize) -> BTreeSet<String> {
        let records = self.0[..until].iter();
        let lines = records.filter(|record| record.is_acknowledgement());
        lines
            .map(|record| String::from_utf8_lossy(&record.bytes).trim().to_owned())
            .collect()
    }

    pub(crate) fn first_acknowledgement(&self) -> usize {
        self.0.iter().position(Record::is_acknowledgement).unwrap()
    }

    /// Whether pages were moved to the database's own file after something was acknowledged.
    pub(crate) fn has_checkpoint(&self) -> bool {
        let later = &self.0[self.first_acknowledgement()..];
        later
            .iter()
            .any(|record| record.kind == Kind::Write && record.path == DATABASE)
    }
}

impl Record {
    fn is_acknowledgement(&self) -> bool {
        self.kind == Kind::Write && self.path == ACKNOWLEDGEMENTS
    }
}

/// The first record, and what comes after it.
fn record(log: &[u8]) -> Option<(Record, &[u8])> {
    let end = log.iter().position(|&byte| byte == b'\n')?;
    let line = std::str::from_utf8(&log[..end]).unwrap();
    let mut words = line.splitn(4, ' ');
    let mut word = || words.next().unwrap();
    let (kind, offset, length, path) = (word(), word(), word(), word());
    let (bytes, after) = log[end + 1..].split_at_checked(length.parse().unwrap())?;
    let record = Record {
        kind: match kind {
            "C" => Kind::Create,
            "W" => Kind::Write,
            "T" => Kind::Cut,
            "S" => Kind::Sync,
            "U" => Kind::Unlink,
            "R" => Kind::Rename,
            other => panic!("the shim wrote {other}"),
        },
        path: path.to_owned(),
        offset: offset.parse().unwrap(),
        bytes: bytes.to_vec(),
    };
    Some((record, after))
}
