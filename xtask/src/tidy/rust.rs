//! Rust code as tokens: comments are gone, strings are whole, code for tests is told apart.
//!
//! Two kinds of rules stand on it: those on attributes and calls here, and those on string literals in
//! [`super::sql`]. A file that is not Rust yet gives no tokens and no violations; the compiler has better
//! words for it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::Violation;
use super::tree::{File, Tree};

/// What rules look at, with the line it stands on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) line: usize,
    pub(super) what: What,
    /// Whether it is compiled for tests only.
    pub(super) in_test: bool,
}

/// Something in Rust code a rule can be about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The words of an attribute, without punctuation: `["cfg", "test"]`.
    Attribute(Vec<String>),
    /// A literal as it is written, with its quotes.
    Literal(String),
    /// A path of two or more names, like `["std", "thread", "sleep"]`.
    Path(Vec<String>),
}

/// Checks every Rust file.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    tree.rust_files().flat_map(check_file).collect()
}

fn check_file(file: &File) -> Vec<Violation> {
    let judge = |found: Found| {
        let (rule, remedy) = match &found.what {
            What::Attribute(words) => refused_attribute(words)?,
            What::Path(names) => refused_path(names)?,
            What::Literal(_) => return None,
        };
        Some(Violation { path: file.path.clone(), line: found.line, rule, remedy: remedy.to_owned() })
    };
    read(&file.text).into_iter().filter_map(judge).collect()
}

fn refused_attribute(words: &[String]) -> Option<(&'static str, &'static str)> {
    let conditional = words.first().is_some_and(|word| word == "cfg_attr");
    let names = |name: &str| {
        if conditional {
            words.iter().any(|word| word == name)
        } else {
            words.first().is_some_and(|word| word == name)
        }
    };
    if names("ignore") {
        return Some(("ignored test", "run it, or delete it: a test nobody runs proves nothing"));
    }
    names("should_panic").then_some(("panicking test", "test the typed error instead of a panic"))
}

fn refused_path(names: &[String]) -> Option<(&'static str, &'static str)> {
    let sleeps = names.windows(2).any(|pair| pair == ["thread", "sleep"]);
    sleeps.then_some(("sleep", "wait for a condition with a deadline instead of sleeping"))
}

/// Everything rules look at, in the order of the text.
pub(super) fn read(text: &str) -> Vec<Found> {
    let mut reader = Reader { found: Vec::new() };
    if let Ok(tokens) = text.parse() {
        reader.walk(tokens, false);
    }
    reader.found
}

struct Reader {
    found: Vec<Found>,
}

impl Reader {
    fn walk(&mut self, tokens: TokenStream, in_test: bool) {
        let mut tokens = tokens.into_iter().peekable();
        // Whether the item that follows stands under `#[cfg(test)]` or `#[test]`.
        let mut next_is_test = false;
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' => {
                    if matches!(tokens.peek(), Some(TokenTree::Punct(bang)) if bang.as_char() == '!') {
                        tokens.next();
                    }
                    if let Some(TokenTree::Group(group)) = tokens.next_if(is_attribute) {
                        next_is_test |= self.attribute(&group, in_test);
                    }
                }
                TokenTree::Punct(punct) if punct.as_char() == ';' => next_is_test = false,
                TokenTree::Punct(_) => {}
                TokenTree::Group(group) => {
                    self.walk(group.stream(), in_test || next_is_test);
                    next_is_test &= group.delimiter() != Delimiter::Brace;
                }
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    self.found.push(Found {
                        line,
                        what: What::Literal(literal.to_string()),
                        in_test: in_test || next_is_test,
                    });
                }
                TokenTree::Ident(first) => {
                    let line = first.span().start().line;
                    let mut names = vec![first.to_string()];
                    while let Some(name) = next_name(&mut tokens) {
                        names.push(name);
                    }
                    if names.len() > 1 {
                        self.found.push(Found {
                            line,
                            what: What::Path(names),
                            in_test: in_test || next_is_test,
                        });
                    }
                }
            }
        }
    }

    /// Keeps an attribute and answers whether it makes the next item one for tests.
    fn attribute(&mut self, group: &Group, in_test: bool) -> bool {
        let mut words = Vec::new();
        collect_words(group.stream(), &mut words);
        let first_two = (words.first().map(String::as_str), words.get(1).map(String::as_str));
        let for_tests = matches!(first_two, (Some("test"), _) | (Some("cfg"), Some("test")))
            || words.ends_with(&["test".to_owned()]) && words.first().is_some_and(|word| word == "tokio");
        let line = group.span_open().start().line;
        self.found.push(Found { line, what: What::Attribute(words), in_test });
        for_tests
    }
}

fn is_attribute(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

/// The next name of a path, past its `::`.
fn next_name(tokens: &mut std::iter::Peekable<proc_macro2::token_stream::IntoIter>) -> Option<String> {
    let is_colon = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
    tokens.next_if(is_colon)?;
    tokens.next_if(is_colon)?;
    match tokens.next_if(|token| matches!(token, TokenTree::Ident(_)))? {
        TokenTree::Ident(name) => Some(name.to_string()),
        TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}

fn collect_words(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => words.push(word.to_string()),
            TokenTree::Group(group) => collect_words(group.stream(), words),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    //! Attributes and calls are found in code, and nowhere else.

    use super::*;
    use crate::tidy::testing::{places, tree};

    fn check_text(text: &str) -> Vec<String> {
        places(&check(&tree(&[("crates/store/src/outbox.rs", text)])))
    }

    #[test]
    fn an_ignored_test_is_refused() {
        let expected = ["crates/store/src/outbox.rs:2: ignored test"];

        assert_eq!(check_text("#[test]\n#[ignore]\nfn slow() {}"), expected);
        assert_eq!(check_text("#[test]\n#[ignore = \"slow\"]\nfn slow() {}"), expected);
        assert_eq!(check_text("#[test]\n#[cfg_attr(windows, ignore)]\nfn slow() {}"), expected);
    }

    #[test]
    fn a_test_that_waits_for_a_panic_is_refused() {
        let text = "mod tests {\n    #[should_panic(expected = \"no\")]\n    fn f() {}\n}";

        assert_eq!(check_text(text), ["crates/store/src/outbox.rs:2: panicking test"]);
    }

    #[test]
    fn a_sleep_is_refused_in_code_and_in_tests() {
        let expected = ["crates/store/src/outbox.rs:3: sleep"];

        assert_eq!(check_text("fn f() {\n\n    std::thread::sleep(second);\n}"), expected);
        assert_eq!(check_text("#[cfg(test)]\nmod tests {\n    use std::thread::sleep;\n}"), expected);
    }

    #[test]
    fn words_about_a_rule_do_not_break_it() {
        let text = "/// Never `#[ignore]`, never thread::sleep.\nfn f() { say(\"#[ignore] thread::sleep\"); }\n\
                    fn ignore(#[serde(skip)] thread: Sleep) {}";

        assert!(check_text(text).is_empty());
    }

    #[test]
    fn what_is_compiled_for_tests_is_told_apart() {
        let text = "const A: u8 = 1;\n#[cfg(test)]\nmod tests { const B: u8 = 2; }\n#[tokio::test]\n\
                    async fn c() { let c = 3; }\nconst D: u8 = 4;\n";
        let literals = read(text).into_iter().filter_map(|found| match found.what {
            What::Literal(text) => Some((text, found.in_test)),
            What::Attribute(_) | What::Path(_) => None,
        });

        let expected = [("1", false), ("2", true), ("3", true), ("4", false)];
        assert_eq!(literals.collect::<Vec<_>>(), expected.map(|(text, test)| (text.to_owned(), test)));
    }

    #[test]
    fn text_that_is_not_rust_is_left_to_the_compiler() {
        assert!(read("fn f( {").is_empty());
    }
}
