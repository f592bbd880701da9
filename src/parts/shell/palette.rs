//! The palette: pages, what one can do here, and folders that the server finds.

use bailiwick_api::query::Scope;

use crate::parts::commands::{Command, use_commands};
use crate::parts::finder::{Finding, choice};
use crate::parts::org_page::pages;
use crate::parts::place::use_place;
use crate::reactive::untrack;
use crate::router::{Router, use_router};
use crate::routes::{self, Tab};
use crate::session::{leave_by, use_session};
use crate::state::{Callback, RwSignal, Signal, StoredValue};
use crate::ui::combobox::{Choice, Combobox};
use crate::ui::dialog::Dialog;
use crate::ui::dom::View;
use crate::ui::icon::Icon;
use crate::ui::theme::Theme;
use crate::ui::toast::use_toast;

/// The palette. `closed` takes it off the page.
pub(super) fn palette(closed: Callback<()>) -> View {
    let dialog = Dialog::new();
    let router = use_router();
    let text = RwSignal::new(String::new());
    let found = Finding::new(Scope::All, text, false);
    let commands = StoredValue::new(everything(router));
    let choices = move || {
        let wanted = text.with(|text| text.trim().to_ascii_lowercase());
        let own = commands.with_value(|commands| matching(commands, &wanted));
        let groups = found.groups();
        own.into_iter().chain(groups.iter().map(choice)).collect()
    };
    // What is chosen is done once the dialog is closed and the focus is back where it came from.
    let picked = StoredValue::new(None::<Choice>);
    let closed = Callback::new(move |()| {
        closed.run(());
        if let Some(choice) = picked.try_get_value().flatten() {
            act(router, commands, &choice);
        }
    });
    let chosen = Callback::new(move |choice: Choice| {
        picked.set_value(Some(choice));
        dialog.close();
    });
    let note = found.note("folders");
    let note = Signal::derive(move || {
        if text.with(|text| text.trim().is_empty()) {
            "Type to find folders by name, in every organization.".to_owned()
        } else {
            note.get()
        }
    });
    let field = Combobox {
        id: "palette",
        label: StoredValue::new("Search pages, folders and actions".to_owned()),
        text,
        choices: Signal::derive(choices),
        note,
        chosen,
    };
    dialog.find_view("Search", closed, field.view(true))
}

/// Does what was chosen, or goes there.
fn act(router: Router, commands: StoredValue<Vec<Command>>, choice: &Choice) {
    let place = choice.key.parse::<usize>().ok();
    let command = place.and_then(|at| commands.with_value(|commands| commands.get(at).cloned()));
    match (command, choice.key.parse()) {
        (Some(command), _) => command.run.run(()),
        (None, Ok(uid)) => router.go(&routes::group(&uid)),
        _ => {}
    }
}

/// The commands with every word of `wanted`. Their key is their place.
fn matching(commands: &[Command], wanted: &str) -> Vec<Choice> {
    let fits = |command: &Command| {
        let words = command.words.to_ascii_lowercase();
        wanted.split_whitespace().all(|part| words.contains(part))
    };
    let all = commands.iter().enumerate();
    all.filter(|(_, command)| fits(command))
        .map(|(at, command)| Choice {
            key: at.to_string(),
            name: command.words.clone(),
            glyph: Some(command.glyph),
            keys: command.keys,
            ..Choice::default()
        })
        .collect()
}

fn everything(router: Router) -> Vec<Command> {
    let place = use_place();
    let go = |words: String, glyph: Icon, keys: &'static str, to: String| Command {
        words,
        glyph,
        keys,
        run: Callback::new(move |()| router.go(&to)),
    };
    let mut all = untrack(|| use_commands().list());
    all.push(go(
        "Organizations".to_owned(),
        Icon::Orgs,
        "g o",
        routes::ORGANIZATIONS.to_owned(),
    ));
    all.push(go(
        "Your account".to_owned(),
        Icon::Person,
        "",
        routes::ME.to_owned(),
    ));
    if let Some((org, name)) = untrack(|| place.org()) {
        for (glyph, words, to) in untrack(|| pages(use_session(), &org)) {
            let keys = if glyph == Icon::Folder { "g f" } else { "" };
            all.push(go([words, " of ", &name].concat(), glyph, keys, to));
        }
    }
    if let Some((uid, name)) = untrack(|| place.group()) {
        let words = ["Settings of ", &name].concat();
        let to = routes::group_tab(&uid, Tab::Settings);
        all.push(go(words, Icon::Settings, "g s", to));
    }
    for theme in Theme::ALL {
        all.push(Command {
            words: ["Colours: ", theme.words()].concat(),
            glyph: Icon::Settings,
            keys: "",
            run: Callback::new(move |()| theme.choose()),
        });
    }
    let toast = use_toast();
    let failed = Callback::new(move |error| toast.say(&[&crate::parts::problem::words(&error)]));
    for (words, glyph, to) in [
        ("Switch account", Icon::Person, routes::LOGIN_OTHER),
        ("Sign out", Icon::Out, routes::LOGIN),
    ] {
        all.push(Command {
            words: words.to_owned(),
            glyph,
            keys: "",
            run: leave_by(to, failed),
        });
    }
    if cfg!(feature = "dev-ui") && untrack(|| use_session().server()).development {
        let to = routes::COMPONENTS.to_owned();
        all.push(go("Components".to_owned(), Icon::Settings, "", to));
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::reactive::Owner;

    use super::*;

    #[test]
    fn every_word_has_to_fit() {
        let owner = Owner::new();
        owner.with(|| {
            let command = |words: &str| Command {
                words: words.to_owned(),
                glyph: Icon::Plus,
                keys: "",
                run: Callback::new(|()| {}),
            };
            let all = [command("New folder in dev"), command("Rename dev")];
            let names = |wanted: &str| {
                let choices = matching(&all, wanted).into_iter();
                choices.map(|choice| choice.key).collect::<Vec<_>>()
            };
            assert_eq!(names("dev new"), ["0"]);
            assert_eq!(names("dev"), ["0", "1"]);
            assert_eq!(names(""), ["0", "1"]);
            assert!(names("prod").is_empty());
        });
    }
}
