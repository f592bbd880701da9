//! One's own account: what is signed in as one, and the end of it.

mod grants;
mod sessions;

use crate::parts::place::use_place;
use crate::session::use_session;
use crate::ui::dom::{View, dynamic, tag, views};
use crate::ui::facts::facts;
use crate::ui::heading::plain_heading;
use crate::ui::id::id;
use crate::ui::table::Column;

/// The page.
pub(crate) fn page() -> View {
    use_place().outside("Your account");
    let session = use_session();
    let who = move || {
        let person = session.person()?;
        let label = person.label();
        let uid = person.who.subject.to_string();
        let list: [(&'static str, View); 3] = [
            ("Account", (&label).into()),
            ("Signed in with", (&person.provider_name).into()),
            ("Id", id(&uid, &label).into()),
        ];
        Some(facts(list))
    };
    let column = tag("div", "l-page").child(views([
        plain_heading("Your account").into(),
        dynamic(who),
        sessions::sessions(),
        grants::grants(),
    ]));
    column.into()
}

const fn column(words: &'static str, folds: bool) -> Column {
    Column {
        key: "",
        words,
        folds,
    }
}
