//! A disk in memory that knows what was synced.
//!
//! A sync of a file settles its content; a sync of the folder settles the names in it, so a new
//! file is not surely found before that. What is not settled may be there or not: names up to some
//! point, as a journal would keep them, and of contents any of the sectors.

use std::collections::BTreeMap;
use std::path::Path;

use crate::Syncs;
use crate::log::{Kind, Record};

/// What a disk writes whole or not at all, in bytes.
const SECTOR: usize = 512;

#[derive(Debug, Default)]
pub(crate) struct Disk {
    files: Vec<File>,
    /// Which name is which file, as a running process sees it.
    names: BTreeMap<String, usize>,
    settled_names: BTreeMap<String, usize>,
    unsettled_names: Vec<BTreeMap<String, usize>>,
}

#[derive(Debug, Default)]
struct File {
    settled: Vec<u8>,
    unsettled: Vec<Change>,
}

#[derive(Clone, Debug)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Cut(usize),
}

impl Disk {
    /// Does what the record says.
    pub(crate) fn apply(&mut self, record: &Record, syncs: Syncs) {
        let Record { path, offset, .. } = record;
        let is_known = self.names.contains_key(path);
        match record.kind {
            Kind::Create => {
                self.files.push(File::default());
                self.names.insert(path.clone(), self.files.len() - 1);
                self.unsettled_names.push(self.names.clone());
            }
            Kind::Unlink => {
                self.names.remove(path);
                self.unsettled_names.push(self.names.clone());
            }
            Kind::Rename => {
                let file = self.names.remove(path).unwrap();
                let to = String::from_utf8(record.bytes.clone()).unwrap();
                self.names.insert(to, file);
                self.unsettled_names.push(self.names.clone());
            }
            Kind::Sync if syncs == Syncs::Ignored => {}
            Kind::Sync if path == "." => {
                self.settled_names = self.names.clone();
                self.unsettled_names.clear();
            }
            // Who still writes to a file that was unlinked writes to nothing.
            _ if !is_known => {}
            Kind::Sync => self.file(path).settle(),
            Kind::Write => self.file(path).unsettled.push(Change::Write {
                offset: *offset,
                bytes: record.bytes.clone(),
            }),
            Kind::Cut => self.file(path).unsettled.push(Change::Cut(*offset)),
        }
    }

    fn file(&mut self, path: &str) -> &mut File {
        &mut self.files[self.names[path]]
    }

    /// Writes the files into an empty folder as they may be found after the power is back.
    pub(crate) fn write_what_is_left(&self, folder: &Path, chance: &mut Chance) {
        let kept = chance.below(self.unsettled_names.len() + 1);
        let names = match kept {
            0 => &self.settled_names,
            kept => &self.unsettled_names[kept - 1],
        };
        // Of what is not settled: nothing, half, or nearly all.
        let of_32 = [0, 16, 31][chance.below(3)];
        for (name, &file) in names {
            let content = self.files[file].left(|| chance.below(32) < of_32);
            std::fs::write(folder.join(name), content).unwrap();
        }
    }
}

impl File {
    fn settle(&mut self) {
        self.settled = self.left(|| true);
        self.unsettled.clear();
    }

    fn left(&self, mut is_kept: impl FnMut() -> bool) -> Vec<u8> {
        let mut content = self.settled.clone();
        for change in &self.unsettled {
            match change {
                Change::Cut(length) => {
                    if is_kept() {
                        content.resize(*length, 0);
                    }
                }
                Change::Write { offset, bytes } => {
                    let mut done = 0;
                    while done < bytes.len() {
                        let at = offset + done;
                        let until = bytes.len().min(done + SECTOR - at % SECTOR);
                        if is_kept() {
                            put(&mut content, at, &bytes[done..until]);
                        }
                        done = until;
                    }
                }
            }
        }
        content
    }
}

fn put(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[at..end].copy_from_slice(bytes);
}

/// SplitMix64: the same draws for the same seed, everywhere.
#[derive(Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut drawn = self.0;
        drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((drawn ^ (drawn >> 31)) % end as u64) as usize
    }
}
