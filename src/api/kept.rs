//! Pure: the answers that stay, by the path that was asked for, so that a page seen before shows at
//! once while it is asked for again.

/// So many answers stay at most; the oldest goes first.
const MOST: usize = 120;

/// The answers.
#[derive(Debug, Default)]
pub(super) struct Kept(Vec<(String, String)>);

impl Kept {
    pub(super) fn put(&mut self, path: &str, body: &str) {
        self.0.retain(|(known, _)| known != path);
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push((path.to_owned(), body.to_owned()));
    }

    pub(super) fn get(&self, path: &str) -> Option<String> {
        let found = self.0.iter().find(|(known, _)| known == path);
        found.map(|(_, body)| body.clone())
    }

    /// Forgets every answer to a path that begins so.
    pub(super) fn forget(&mut self, prefix: &str) {
        self.0.retain(|(path, _)| !path.starts_with(prefix));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_stays_until_its_prefix_is_forgotten() {
        let mut kept = Kept::default();
        kept.put("/groups/a", "old");
        kept.put("/groups/a", "new");
        kept.put("/roles/a", "role");
        assert_eq!(kept.get("/groups/a").as_deref(), Some("new"));
        kept.forget("/groups");
        assert_eq!(kept.get("/groups/a"), None);
        assert_eq!(kept.get("/roles/a").as_deref(), Some("role"));
    }

    #[test]
    fn the_oldest_answer_makes_room() {
        let mut kept = Kept::default();
        for at in 0..=MOST {
            kept.put(&at.to_string(), "");
        }
        assert_eq!(kept.get("0"), None);
        assert!(kept.get("1").is_some());
    }
}
