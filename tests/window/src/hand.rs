//! What a person does with a window: finds things by what they are and say, presses, types, reads.
//!
//! Nothing here knows how a page is built. A thing is found by its role and its name as a screen reader
//! would tell them; what is written is read from what is visible. Everything waits until it can be done.

use std::fs;

use anyhow::Context;
use fantoccini::elements::Element;
use halyard_tests::harness::program;
use serde_json::{Value, json};

use crate::Window;
use crate::window::until;

const FIND: &str = include_str!("hand.js");
/// All that stands on the page: its words, and what is typed into its fields.
const READ: &str = "const typed = [...document.querySelectorAll('textarea, input')] \
        .filter((one) => one.checkVisibility()).map((one) => one.value); \
    return [document.body.innerText, ...typed].join('\\n').replace(/\\u2060/g, '').replace(/[^\\S\\n]+/g, ' ');";

/// What a thing is to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Something to press.
    Button,
    /// Something that leads to another page.
    Link,
    /// An entry of an open menu.
    MenuItem,
    /// One of the things to choose from.
    Option,
    /// One of a few, of which one is chosen.
    Radio,
    /// A question with a few answers to press.
    RadioGroup,
    /// A field for words or numbers.
    TextBox,
    /// A part of a date or a time that is typed.
    SpinButton,
    /// Several parts that belong together.
    Group,
    /// A line of a table or a list.
    Row,
    /// A cell of a table.
    Cell,
}

/// A thing on a page, inside others when its name alone does not tell it from its like.
#[derive(Debug, Clone)]
pub struct Thing {
    role: Role,
    name: String,
    inside: Vec<(Role, String)>,
}

impl Role {
    /// The thing of this role that says this; the first of several.
    #[must_use]
    pub fn named(self, name: &str) -> Thing {
        Thing { role: self, name: name.to_owned(), inside: Vec::new() }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Link => "link",
            Self::MenuItem => "menuitem",
            Self::Option => "option",
            Self::Radio => "radio",
            Self::RadioGroup => "radiogroup",
            Self::TextBox => "textbox",
            Self::SpinButton => "spinbutton",
            Self::Group => "group",
            Self::Row => "row",
            Self::Cell => "gridcell",
        }
    }
}

impl Thing {
    /// The same in a thing of this role that says this.
    #[must_use]
    pub fn inside(mut self, role: Role, name: &str) -> Self {
        self.inside.insert(0, (role, name.to_owned()));
        self
    }
}

/// Keeps the page drawing what nobody sees: WebKit takes a picture with what it draws next, and a page at rest that is
/// drawn without OpenGL draws nothing more.
const DRAW_ON: &str = "let turn = 0; return setInterval(() => { \
     document.documentElement.style.outline = `1px solid rgb(0 0 0 / ${turn++ % 2 ? 1 : 2}%)`; }, 50);";
/// Ends that.
const DRAW_NO_MORE: &str =
    "clearInterval(arguments[0]); document.documentElement.style.removeProperty('outline');";

impl Window {
    /// Waits until all these words stand on the page.
    ///
    /// # Errors
    /// When they do not within a minute; what stands there is in the error.
    pub async fn sees(&self, words: &[&str]) -> anyhow::Result<()> {
        let mut last = String::new();
        let came = until(&words.join("; "), async || {
            last = self.text().await?;
            Ok(words.iter().all(|one| last.contains(one)))
        })
        .await;
        came.with_context(|| format!("the page says: {last}"))
    }

    /// Everything that stands on the page.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn text(&self) -> anyhow::Result<String> {
        let text = self.client.execute(READ, Vec::new()).await?;
        Ok(text.as_str().context("the page's words")?.to_owned())
    }

    /// Presses a thing once it is there, does not wait for something itself, and nothing lies over it.
    ///
    /// # Errors
    /// When it is not within a minute; what stands on the page is in the error.
    pub async fn press(&self, thing: &Thing) -> anyhow::Result<()> {
        self.with(thing, async |element| {
            let waits = element.attr("aria-disabled").await?;
            anyhow::ensure!(waits.as_deref() != Some("true"), "it waits");
            Ok(element.click().await?)
        })
        .await
    }

    /// Writes into a field over what stands in it.
    ///
    /// # Errors
    /// As [`Window::press`].
    pub async fn write(&self, thing: &Thing, text: &str) -> anyhow::Result<()> {
        self.with(thing, async |element| {
            element.clear().await?;
            Ok(element.send_keys(text).await?)
        })
        .await
    }

    /// Types where the cursor is; keys without a letter are of [`fantoccini::key::Key`].
    ///
    /// # Errors
    /// When nothing has the cursor.
    pub async fn type_on(&self, text: &str) -> anyhow::Result<()> {
        Ok(self.client.active_element().await?.send_keys(text).await?)
    }

    /// Waits until the page has drawn what it says.
    async fn drawn(&self) -> anyhow::Result<()> {
        let script =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        self.client.execute_async(script, Vec::new()).await?;
        Ok(())
    }

    /// Keeps a picture of the page beside the built programs, for people to look at.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn picture(&self, name: &str) -> anyhow::Result<()> {
        let programs = program("halyard-app")?;
        let target = programs.ancestors().nth(2).context("the folder of builds")?;
        let pictures = target.join("story");
        fs::create_dir_all(&pictures)?;
        self.drawn().await?;
        let drawing = self.client.execute(DRAW_ON, Vec::new()).await?;
        let picture = self.client.screenshot().await;
        self.client.execute(DRAW_NO_MORE, vec![drawing]).await?;
        Ok(fs::write(pictures.join(format!("{name}.png")), picture?)?)
    }

    /// Does something with a thing, again while the page moves under the hand.
    async fn with(
        &self,
        thing: &Thing,
        mut act: impl AsyncFnMut(Element) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut last = None;
        let done = until(&format!("{thing:?}"), async || {
            let Some(element) = self.find(thing).await? else { return Ok(false) };
            last = act(element).await.err();
            Ok(last.is_none())
        })
        .await;
        if let Err(error) = done {
            let text = self.text().await?;
            return Err(error.context(format!("{last:?}; the page says: {text}")));
        }
        Ok(())
    }

    async fn find(&self, thing: &Thing) -> anyhow::Result<Option<Element>> {
        let inside: Vec<_> = thing.inside.iter().map(|(role, name)| json!([role.word(), name])).collect();
        let asked = vec![json!(thing.role.word()), json!(thing.name), json!(inside)];
        let Value::Object(reference) = self.client.execute(FIND, asked).await? else { return Ok(None) };
        let id = reference.values().next().and_then(Value::as_str).context("a reference to an element")?;
        Ok(Some(Element::from_element_id(self.client.clone(), id.to_owned().into())))
    }
}
