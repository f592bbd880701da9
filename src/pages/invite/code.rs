//! Pure: the code in what was pasted.

/// What every code begins with.
const PREFIX: &str = "bwi_";
/// 256 bits as base64url.
const SIGNS: usize = 43;

/// The code in a link, a sentence or by itself.
///
/// # Errors
/// Says what is wrong with the text.
pub(super) fn find_code(text: &str) -> Result<&str, &'static str> {
    let at = text.find(PREFIX).ok_or(
        "There is no code in this. It begins with bwi_ and stands at the end of the link.",
    )?;
    let code = &text[at..];
    let belongs = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    let code = code.split(|sign| !belongs(sign)).next().unwrap_or(code);
    match code.len() - PREFIX.len() {
        SIGNS => Ok(code),
        0..SIGNS => Err("The code is cut off: 43 letters, digits, - and _ follow its bwi_."),
        _ => Err("The code is too long: 43 letters, digits, - and _ follow its bwi_."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_in_a_link_and_in_a_sentence() {
        let code = "bwi_".to_owned() + &"aZ0-_".repeat(8) + "abc";
        for text in [
            code.clone(),
            format!("  {code}\n"),
            format!("https://id.example.com/invite#{code}"),
            format!("https://id.example.com/invite%23{code}."),
            format!("Join us: <{code}>, please"),
        ] {
            assert_eq!(find_code(&text), Ok(code.as_str()), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_code_says_what_it_lacks() {
        let cut = "bwi_".to_owned() + &"a".repeat(42);
        let long = "bwi_".to_owned() + &"a".repeat(44);
        for (text, words) in [
            ("", "no code"),
            ("b5df5a9c657a5411", "no code"),
            ("bwi_", "cut off"),
            (&cut, "cut off"),
            (&long, "too long"),
        ] {
            assert!(find_code(text).unwrap_err().contains(words), "{text}");
        }
    }
}
