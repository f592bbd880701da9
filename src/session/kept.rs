//! What this browser keeps for one person between two visits: which folders are open and which were
//! seen last. Gone with the sign-out, and when another person signs in.

use bailiwick_domain::Uidp;

use crate::browser;

const WHO: &str = "bailiwick.who";
const OPEN: &str = "bailiwick.open.";
const LAST: &str = "bailiwick.places";
/// So many open folders are kept for an organization, and so many organizations.
const MOST_OPEN: usize = 200;
/// So many places are kept.
const MOST_PLACES: usize = 3;

/// A place that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The group.
    pub(crate) uid: Uidp,
    /// Its name.
    pub(crate) name: String,
    /// What stands above it, as one reads it.
    pub(crate) above: String,
    /// When, in milliseconds since 1970.
    pub(crate) at_ms: i64,
}

/// What is kept is for the identity `who` from now on.
pub(super) fn begin(who: &str) {
    if browser::stored(WHO).as_deref() != Some(who) {
        forget();
        browser::store(WHO, who);
    }
}

/// Forgets all of it.
pub(super) fn forget() {
    browser::forget_all(&[WHO, OPEN, LAST]);
}

/// The folders of an organization that were open.
pub(crate) fn open_folders(org: &Uidp) -> Vec<Uidp> {
    let text = browser::stored(&open_key(org)).unwrap_or_default();
    text.split(' ').filter_map(|uid| uid.parse().ok()).collect()
}

/// Keeps which folders of an organization are open.
pub(crate) fn keep_open_folders<'a>(org: &Uidp, open: impl Iterator<Item = &'a Uidp>) {
    let open: Vec<&str> = open.map(Uidp::as_str).take(MOST_OPEN).collect();
    browser::store(&open_key(org), &open.join(" "));
}

fn open_key(org: &Uidp) -> String {
    [OPEN, org.as_str()].concat()
}

/// The places seen last, the latest first.
pub(crate) fn places() -> Vec<Seen> {
    read(&browser::stored(LAST).unwrap_or_default())
}

/// Keeps a place as the one seen last.
pub(crate) fn keep_place(place: Seen) {
    let mut places = places();
    places.retain(|known| known.uid != place.uid);
    places.insert(0, place);
    places.truncate(MOST_PLACES);
    browser::store(LAST, &write(&places));
}

/// A place that is no more.
pub(crate) fn forget_place(uid: &Uidp) {
    let mut places = places();
    places.retain(|known| !uid.reaches(&known.uid));
    browser::store(LAST, &write(&places));
}

/// One line each. Names hold neither tab nor line break.
fn write(places: &[Seen]) -> String {
    places.iter().fold(String::new(), |text, place| {
        let at = place.at_ms.to_string();
        let parts = [place.uid.as_str(), &place.name, &place.above, &at];
        text + &parts.join("\t") + "\n"
    })
}

fn read(text: &str) -> Vec<Seen> {
    let line = |line: &str| {
        let mut parts = line.split('\t');
        Some(Seen {
            uid: parts.next()?.parse().ok()?,
            name: parts.next()?.to_owned(),
            above: parts.next()?.to_owned(),
            at_ms: parts.next()?.parse().ok()?,
        })
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_survive_being_kept() {
        let places = [Seen {
            uid: Uidp::root([1; 20]),
            name: "acme labs".to_owned(),
            above: String::new(),
            at_ms: 5,
        }];
        assert_eq!(read(&write(&places)), places);
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        assert_eq!(read("nonsense\n\t\t\t\n"), []);
    }
}
