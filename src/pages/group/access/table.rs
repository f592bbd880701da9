//! The table of bindings, and its skeleton.

use bailiwick_api::RoleBinding;

use crate::parts::who::label;
use crate::parts::why::Question;
use crate::reactive::untrack;
use crate::routes::{self, Part, Tab};
use crate::state::{Callback, Signal};
use crate::ui::avatar;
use crate::ui::badge::badge;
use crate::ui::button::{Button, Kind, icon_button};
use crate::ui::callout::Tone;
use crate::ui::dom::{El, View, dynamic, el, nothing, tag, views};
use crate::ui::icon::{Icon, icon};
use crate::ui::menu::Menu;
use crate::ui::pagination::{grouped, pagination};
use crate::ui::skeleton::{bone, loading};
use crate::ui::table::{Column, head};
use crate::ui::time::{is_within, time};

use super::WHY_NOT;
use super::state::{Asked, BY, BY_ROLE, List, SOON_DAYS, Section};

const COLUMNS: &[Column] = &[
    column("Person", false),
    column("Role", true),
    column("From", true),
    column("Ends", true),
    column("", false),
];

const fn column(words: &'static str, folds: bool) -> Column {
    Column {
        key: "",
        words,
        folds,
    }
}

/// The table.
pub(super) fn table(list: List) -> View {
    let may = list.at.with_value(|at| list.may_change(at));
    let menu = Menu::below("binding-menu");
    let all = tag("table", "ui-table")
        .child(tag("caption", "ui-hide").child("Who has access"))
        .child(head(COLUMNS, None, may.then_some(list.selection)))
        .child(part(list, list.here, menu, may))
        .child(part(list, list.above, menu, may));
    views([all.into(), row_menu(list, menu).into()])
}

/// One part: its head, its rows, and the way to more of them.
fn part(list: List, section: Section, menu: Menu, may: bool) -> View {
    let title = if section.is_inherited {
        "Inherited from above"
    } else if list.at.with_value(bailiwick_domain::Uidp::is_root) {
        "On this organization"
    } else {
        "On this folder"
    };
    let span = if may { "6" } else { "5" };
    let whole = |inner: View| el("tr").child(el("td").attr("colspan", span).child(inner));
    let more = Callback::new(move |()| section.load_more());
    let rows = move || {
        let rows = section.shown_rows();
        let count = section.count();
        let number = grouped(count.all.unwrap_or(count.here));
        let head = el("th")
            .attr("colspan", span)
            .attr("scope", "rowgroup")
            .child(title)
            .child(tag("span", "ui-faint").child([" ", &number].concat()));
        let mut shown: Vec<View> = vec![tag("tr", "p-part").child(head).into()];
        let by_role = list.router.query(BY) == BY_ROLE;
        let mut last = String::new();
        for binding in &rows {
            if by_role && last != binding.role.name {
                last.clone_from(&binding.role.name);
                let role = tag("strong", "ui-quiet").child(&last);
                shown.push(whole(role.into()).into());
            }
            shown.push(row(list, binding, menu, may).into());
        }
        if rows.is_empty() {
            let none = tag("span", "ui-quiet").child("Nobody.");
            shown.push(whole(none.into()).into());
        }
        views(shown)
    };
    let is_shown = move || {
        list.sections()
            .iter()
            .any(|one| one.is_inherited == section.is_inherited)
    };
    let foot = move || {
        let error = section.more_error.read();
        let error = error.as_ref().as_ref().map(crate::parts::problem::refusal);
        section.count().has_more.then(|| {
            let shown = Signal::derive(move || section.count());
            let next = pagination(shown, section.is_loading_more, more);
            whole(views([error.into(), next]))
        })
    };
    dynamic(move || is_shown().then(|| el("tbody").child(dynamic(rows)).child(dynamic(foot))))
}

fn row(list: List, binding: &RoleBinding, menu: Menu, may: bool) -> El {
    let key = binding.uid.to_string();
    let selection = list.selection;
    let name = label(&binding.identity);
    let tick = may.then(|| {
        let tick = list
            .may_change(&binding.group.uid)
            .then(|| selection.tick(&key, &name));
        tag("td", "ui-tick").child(tick)
    });
    let is_you = list
        .session
        .person()
        .is_some_and(|you| you.who.subject == binding.identity.uid);
    let you = is_you.then(|| tag("span", "ui-quiet").child(" you"));
    let is_here = list.at.with_value(|at| *at == binding.group.uid);
    let folded = tag("span", "ui-table-sub")
        .flag("data-folded")
        .child([&binding.role.name, " from "].concat())
        .child(from(binding, is_here));
    let ended = binding.expire_time.as_deref().map(|_| {
        tag("span", "ui-table-sub")
            .flag("data-folded")
            .child(ends(binding))
    });
    let who = tag("div", "ui-who").child(avatar::person(&name)).child(
        tag("span", "ui-who-name")
            .child(
                el("a")
                    .attr("href", &person_page(binding))
                    .child(el("strong").child(&name)),
            )
            .child(you)
            .child(folded)
            .child(ended),
    );
    let (asked, label) = (binding.clone(), name.clone());
    let ask = Callback::new(move |()| {
        let at = list.at.get_value();
        list.ask(Asked::Why(Question {
            who: asked.identity.uid.clone(),
            label: label.clone(),
            place: untrack(|| list.shown.name()),
            at,
            capability: String::new(),
        }));
    });
    let (why, more) = (
        ["Why ", &name, " has access"].concat(),
        ["More for ", &name, ", ", &binding.role.name].concat(),
    );
    let why = Button::new(Kind::Quiet, "Why?")
        .small()
        .named(move || why.clone())
        .on_press(ask);
    let (current, uid) = (binding.clone(), binding.uid.clone());
    let is_own = Signal::derive(move || {
        let current = list.current.read();
        current.as_ref().as_ref().is_some_and(|one| one.uid == uid)
    });
    let more = icon_button(&more)
        .attr("data-size", "sm")
        .on("click", move |_| list.current.set(Some(current.clone())))
        .child(icon(Icon::More));
    let fold = |inner: View| el("td").flag("data-fold").child(inner);
    el("tr")
        .bind_bool("aria-selected", move || selection.has(&key))
        .child(tick)
        .child(el("td").child(who))
        .child(fold(binding.role.name.as_str().into()))
        .child(fold(from(binding, is_here)))
        .child(fold(ends(binding)))
        .child(
            el("td")
                .child(why.view())
                .child(menu.button_of(more, is_own)),
        )
}

/// The page of whoever has it.
fn person_page(binding: &RoleBinding) -> String {
    let person = Part::Person(binding.identity.uid.clone());
    routes::of_org(&binding.group.uid.organization(), &person)
}

/// The one menu of all rows: it is about the binding whose button opened it.
fn row_menu(list: List, menu: Menu) -> El {
    let refused = Signal::derive(move || {
        let current = list.current.read();
        let current = current.as_ref().as_ref();
        !current.is_some_and(|one| list.may_change(&one.group.uid))
    });
    let item = move |glyph, words: &str, asked: fn(Vec<RoleBinding>) -> Asked| {
        let ask = Callback::new(move |()| {
            list.ask(asked(list.current.get_untracked().into_iter().collect()));
        });
        menu.item_refused(glyph, words, (refused, WHY_NOT), ask)
    };
    let items = views([
        item(Icon::Edit, "Change role or end", Asked::Form),
        item(Icon::Trash, "Remove", Asked::Remove),
    ]);
    menu.list("Binding", nothing(), items)
}

/// Where it is bound, as seen from the group of the page.
fn from(binding: &RoleBinding, is_here: bool) -> View {
    if is_here {
        return tag("span", "ui-faint").child("here").into();
    }
    el("a")
        .attr("href", &routes::group_tab(&binding.group.uid, Tab::Access))
        .child(&binding.group.name)
        .into()
}

/// When it ends, loudly if that is soon.
fn ends(binding: &RoleBinding) -> View {
    let Some(end) = binding.expire_time.as_deref() else {
        return tag("span", "ui-faint").child("never").into();
    };
    if is_within(end, SOON_DAYS) {
        return badge(Tone::Warn, "").child(time(end)).into();
    }
    time(end)
}

/// The table before its rows are here.
pub(super) fn skeleton() -> El {
    let row = |_| {
        let cells = COLUMNS.iter().map(|column| {
            el("td")
                .attr_maybe("data-fold", column.folds.then_some(""))
                .child(bone())
                .into()
        });
        el("tr").child(views(cells)).into()
    };
    let table = tag("table", "ui-table")
        .child(head(COLUMNS, None, None))
        .child(el("tbody").child(views((0..3).map(row))));
    loading("Loading who has access", table)
}
