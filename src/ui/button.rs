//! The button.

use crate::reactive::untrack;
use crate::state::{Callback, Signal};

use super::dom::{El, View, dynamic, nothing, tag};
use super::icon::{Icon, icon};

/// What pressing it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One of several.
    Plain,
    /// The one thing that the view is for.
    Primary,
    /// The way out.
    Quiet,
    /// Leads to a loss, with a question before.
    Loss,
    /// Destroys.
    Danger,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "ui-button",
            Self::Primary => "ui-button ui-button--primary",
            Self::Quiet => "ui-button ui-button--quiet",
            Self::Loss => "ui-button ui-button--loss",
            Self::Danger => "ui-button ui-button--danger",
        }
    }
}

/// A button with words. What is refused or under way stays focusable and does nothing.
#[derive(Debug)]
pub(crate) struct Button {
    element: El,
    words: String,
    glyph: Option<Icon>,
    pending: Option<Signal<bool>>,
    refused: Option<Signal<bool>>,
    reason: Option<&'static str>,
    on_press: Option<Callback<()>>,
}

impl Button {
    /// A button that says what it does.
    pub(crate) fn new(kind: Kind, words: &str) -> Self {
        Self {
            element: tag("button", kind.class()).attr("type", "button"),
            words: words.to_owned(),
            glyph: None,
            pending: None,
            refused: None,
            reason: None,
            on_press: None,
        }
    }

    /// With an icon before the words.
    pub(crate) fn glyph(self, glyph: Icon) -> Self {
        Self {
            glyph: Some(glyph),
            ..self
        }
    }

    /// A smaller one.
    pub(crate) fn small(self) -> Self {
        Self {
            element: self.element.attr("data-size", "sm"),
            ..self
        }
    }

    /// Submits the form around it.
    pub(crate) fn submits(self) -> Self {
        Self {
            element: self.element.attr("type", "submit"),
            ..self
        }
    }

    /// Has the focus when its dialog opens.
    pub(crate) fn autofocus(self) -> Self {
        Self {
            element: self.element.flag("autofocus"),
            ..self
        }
    }

    /// Shows when what was asked for is under way.
    pub(crate) fn pending(self, pending: impl Into<Signal<bool>>) -> Self {
        Self {
            pending: Some(pending.into()),
            ..self
        }
    }

    /// Shows when pressing it would be refused.
    pub(crate) fn refused(self, refused: impl Into<Signal<bool>>) -> Self {
        Self {
            refused: Some(refused.into()),
            ..self
        }
    }

    /// The id of the element that says why it is refused.
    pub(crate) fn reason(self, id: &'static str) -> Self {
        Self {
            reason: Some(id),
            ..self
        }
    }

    /// Says more than its words to one who does not see where it stands.
    pub(crate) fn named(self, name: impl Fn() -> String + 'static) -> Self {
        Self {
            element: self.element.bind("aria-label", move || Some(name())),
            ..self
        }
    }

    /// A large one, where a person decides.
    pub(crate) fn large(self) -> Self {
        Self {
            element: self.element.attr("data-size", "lg"),
            ..self
        }
    }

    /// What it does.
    pub(crate) fn on_press(self, act: Callback<()>) -> Self {
        Self {
            on_press: Some(act),
            ..self
        }
    }

    /// The element.
    pub(crate) fn view(self) -> View {
        let Self {
            element,
            words,
            glyph,
            pending,
            refused,
            reason,
            on_press,
        } = self;
        let is_pending = move || pending.is_some_and(|pending| pending.get());
        let is_refused = move || refused.is_some_and(|refused| refused.get());
        let is_off = move || is_refused() || is_pending();
        let before = move || {
            if is_pending() {
                tag("span", "ui-spin").into()
            } else {
                glyph.map_or_else(nothing, |glyph| icon(glyph).into())
            }
        };
        let yes = |is: bool| is.then(|| "true".to_owned());
        element
            .bind("aria-disabled", move || yes(is_off()))
            .bind("aria-busy", move || yes(is_pending()))
            .bind("aria-describedby", move || {
                reason.filter(|_| is_refused()).map(ToOwned::to_owned)
            })
            .on("click", move |event| {
                if untrack(is_off) {
                    event.prevent_default();
                } else if let Some(act) = on_press {
                    act.run(());
                }
            })
            .child(dynamic::<View>(before))
            .child(words)
            .into()
    }
}

/// A button that is an icon alone. `name` is what it says.
pub(crate) fn icon_button(name: &str) -> El {
    tag("button", Kind::Quiet.class())
        .attr("type", "button")
        .flag("data-icon")
        .attr("aria-label", name)
}

/// A link that looks like a button.
pub(crate) fn link_button(kind: Kind, href: &str, words: &str) -> View {
    tag("a", kind.class())
        .attr("href", href)
        .child(words)
        .into()
}
