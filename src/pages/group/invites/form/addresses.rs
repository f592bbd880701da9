//! Pure: addresses in what people type and paste, and what is wrong with them.

use bailiwick_domain::EmailAddress;

/// So many at once.
pub(super) const MOST: usize = 500;

/// The addresses in a text: `a@b.example`, `Ada <a@b.example>`, several with commas, semicolons,
/// spaces or line breaks between. `None` while the one that is being typed may go on.
pub(super) fn read(typed: &str) -> Option<Vec<String>> {
    let parts = parts(typed);
    let is_alone = parts.len() == 1;
    let is_whole = |part: &str| {
        let named = part.contains(['<', '"']);
        let has_end = || {
            part.trim_start()
                .split_once('@')
                .is_some_and(|(_, after)| after.contains(char::is_whitespace))
        };
        if named {
            part.trim_end().ends_with('>')
        } else {
            has_end()
        }
    };
    if is_alone && !is_whole(parts[0]) {
        return None;
    }
    let mut all = Vec::new();
    for part in parts {
        all.extend(addresses(part));
    }
    Some(all)
}

/// Parted at commas, semicolons and line breaks, but not within quotes.
fn parts(typed: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let is_between = |sign: char| {
        is_quoted ^= sign == '"';
        matches!(sign, '\n' | '\r') || (!is_quoted && matches!(sign, ',' | ';'))
    };
    typed.split(is_between).collect()
}

fn addresses(part: &str) -> Vec<String> {
    let found: Vec<&str> = if part.contains('<') {
        // Names stand before the brackets.
        let named = part.split('<').skip(1);
        named
            .map(|rest| rest.split('>').next().unwrap_or(rest).trim())
            .collect()
    } else {
        part.split_whitespace().collect()
    };
    let found = found.into_iter().filter(|text| !text.is_empty());
    found.map(str::to_owned).collect()
}

/// What is wrong with each, in their order; empty when nothing is. `refused` is what the server said
/// of some.
pub(super) fn faults(texts: &[String], refused: &[(String, String)]) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    let fault = |text: &String| {
        let key = match text.parse::<EmailAddress>() {
            Ok(address) => address.to_key(),
            Err(error) => return error.to_string(),
        };
        if known.contains(&key) {
            return "It stands here twice.".to_owned();
        }
        if known.len() == MOST {
            return "This is one more than 500. Invite the rest afterwards.".to_owned();
        }
        known.push(key);
        let said = refused.iter().find(|(email, _)| email == text);
        said.map(|(_, why)| why.clone()).unwrap_or_default()
    };
    texts.iter().map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_once_it_is_whole() {
        for typed in [
            "",
            "a",
            "a@b.example",
            "Ada Lovelace",
            "Ada <a@b",
            "\"Lovelace, Ada\" <a@b",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
        for (typed, expected) in [
            ("a@b.example,", vec!["a@b.example"]),
            ("a@b.example ", vec!["a@b.example"]),
            ("Ada <a@b.example>", vec!["a@b.example"]),
            ("new-hire\n", vec!["new-hire"]),
            (" ,\n", vec![]),
        ] {
            assert_eq!(read(typed).unwrap(), expected, "{typed}");
        }
    }

    #[test]
    fn a_pasted_list_becomes_several() {
        let all = ["a@b.example", "c@d.example", "e@f.example"];
        for pasted in [
            "a@b.example, c@d.example; e@f.example\n",
            "a@b.example\r\nc@d.example\r\ne@f.example",
            "a@b.example c@d.example\te@f.example",
            "\"B, A\" <a@b.example>, D <c@d.example>, <e@f.example>",
            "A <a@b.example> C <c@d.example> E <e@f.example>",
        ] {
            assert_eq!(read(pasted).unwrap(), all, "{pasted}");
        }
    }

    #[test]
    fn each_says_what_is_wrong_with_it() {
        let texts = ["a@b.example", "A@B.example", "a@b", "c@d.example"].map(str::to_owned);
        let refused = [("c@d.example".to_owned(), "Invited already.".to_owned())];
        let faults = faults(&texts, &refused);
        assert_eq!(faults[0], "");
        assert!(faults[1].contains("twice"));
        assert!(faults[2].contains("ending"));
        assert_eq!(faults[3], "Invited already.");
    }

    #[test]
    fn there_are_five_hundred_at_most() {
        let texts: Vec<String> = (0..=MOST).map(|at| format!("a{at}@b.example")).collect();
        let wrong = faults(&texts, &[]);
        assert!(wrong[..MOST].iter().all(String::is_empty));
        assert!(!wrong[MOST].is_empty());
    }
}
