//! Splits Rust into the tokens that the rules need: names, texts and signs. Comments
//! vanish, so that they may speak of anything.

use std::iter::Peekable;
use std::str::Chars;

/// A token and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) line: usize,
    /// The modules written inside the file around it, outermost first.
    pub(crate) modules: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name, a keyword or a number.
    Name(String),
    /// What a string literal holds, escapes as they are written.
    Text(String),
    Sign(char),
}

impl Token {
    /// Whether it stands in a module for tests.
    pub(crate) fn in_tests(&self) -> bool {
        self.modules
            .iter()
            .any(|name| name.ends_with("tests") || name == "test")
    }
}

/// The tokens of a file.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        rest: text.chars().peekable(),
        line: 1,
        found: Vec::new(),
    };
    while lexer.step() {}
    mark_modules(lexer.found)
}

struct Lexer<'a> {
    rest: Peekable<Chars<'a>>,
    line: usize,
    found: Vec<Token>,
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        self.line += usize::from(c == '\n');
        Some(c)
    }

    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn ahead(&self, distance: usize) -> Option<char> {
        self.rest.clone().nth(distance)
    }

    fn push(&mut self, kind: Kind, line: usize) {
        self.found.push(Token {
            kind,
            line,
            modules: Vec::new(),
        });
    }

    fn step(&mut self) -> bool {
        let line = self.line;
        let Some(c) = self.next() else { return false };
        match (c, self.peek()) {
            ('/', Some('/')) => {
                while self.peek().is_some_and(|c| c != '\n') && self.next().is_some() {}
            }
            ('/', Some('*')) => self.skip_block_comment(),
            ('"', _) => self.text(line),
            ('\'', _) => self.character_or_lifetime(),
            (c, _) if is_word(c) => self.word(c, line),
            (c, _) if c.is_whitespace() => {}
            (c, _) => self.push(Kind::Sign(c), line),
        }
        true
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0;
        let mut last = '/';
        while let Some(c) = self.next() {
            match (last, c) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    last = c;
                    continue;
                }
            }
            last = ' ';
            if depth == 0 {
                break;
            }
        }
    }

    fn word(&mut self, first: char, line: usize) {
        let mut name = String::from(first);
        while let Some(c) = self.peek().filter(|c| is_word(*c)) {
            name.push(c);
            self.next();
        }
        let raw = matches!(name.as_str(), "r" | "br" | "cr");
        match self.peek() {
            Some('"') if raw => self.raw_text(line),
            Some('#') if raw && matches!(self.ahead(1), Some('"' | '#')) => self.raw_text(line),
            // A raw name: r#type.
            Some('#') if raw => {
                self.next();
            }
            // The prefix of b"", c"" or b'' says nothing.
            Some('"' | '\'') if matches!(name.as_str(), "b" | "c") => {}
            _ => self.push(Kind::Name(name), line),
        }
    }

    fn text(&mut self, line: usize) {
        let mut text = String::new();
        while let Some(c) = self.next().filter(|c| *c != '"') {
            text.push(c);
            if c == '\\' {
                text.extend(self.next());
            }
        }
        self.push(Kind::Text(text), line);
    }

    fn raw_text(&mut self, line: usize) {
        let mut hashes = 0;
        while self.next() == Some('#') {
            hashes += 1;
        }
        let end = format!("\"{}", "#".repeat(hashes));
        let mut text = String::new();
        while let Some(c) = self.next() {
            text.push(c);
            if text.ends_with(&end) {
                text.truncate(text.len() - end.len());
                break;
            }
        }
        self.push(Kind::Text(text), line);
    }

    fn character_or_lifetime(&mut self) {
        if self.peek() == Some('\\') {
            self.next();
            self.next();
            while self.next().is_some_and(|c| c != '\'') {}
        } else if self.ahead(1) == Some('\'') {
            self.next();
            self.next();
        }
        // Else a lifetime: its name becomes a name, which harms no rule.
    }
}

/// Whether a character may be part of a name.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Notes for each token the modules `mod x { … }` around it.
fn mark_modules(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut open: Vec<Option<String>> = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].kind == Kind::Sign('}') {
            open.pop();
        }
        tokens[at].modules = open.iter().flatten().cloned().collect();
        if tokens[at].kind == Kind::Sign('{') {
            let module = match at
                .checked_sub(2)
                .map(|from| (&tokens[from].kind, &tokens[at - 1].kind))
            {
                Some((Kind::Name(word), Kind::Name(name))) if word == "mod" => Some(name.clone()),
                _ => None,
            };
            open.push(module);
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::{Kind, tokens};

    fn names(text: &str) -> Vec<String> {
        tokens(text)
            .into_iter()
            .filter_map(|token| match token.kind {
                Kind::Name(name) => Some(name),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn comments_and_texts_hide_nothing_behind_them() {
        let text = "a // b\n/* c /* d */ e */ f \"g \\\" h\" i r#\"j \" k\"# l 'm' n '\\'' o 'p q '\"' r r#s b\"t\" u";
        assert_eq!(
            names(text),
            ["a", "f", "i", "l", "n", "o", "p", "q", "r", "s", "u"]
        );
    }

    #[test]
    fn texts_are_kept_and_lines_counted() {
        let found = tokens("\n\"one\ntwo\"\nthree");
        assert_eq!(found[0].kind, Kind::Text("one\ntwo".to_owned()));
        assert_eq!((found[0].line, found[1].line), (2, 4));
    }

    #[test]
    fn knows_the_modules_around_a_name() {
        let found = tokens("a mod x { b { c } mod tests { d } e } f");
        let of = |name: &str| {
            let kind = Kind::Name(name.to_owned());
            found.iter().find(|token| token.kind == kind).unwrap()
        };
        assert!(of("a").modules.is_empty() && of("f").modules.is_empty());
        assert_eq!(of("c").modules, ["x"]);
        assert_eq!(of("d").modules, ["x", "tests"]);
        assert!(of("d").in_tests() && !of("e").in_tests());
    }
}
