//! The tree, its rows and its keys, together.

use bailiwick_api::{Group, GroupPage, PathElement};
use bailiwick_domain::Uidp;

use crate::ui::tree::{Reach, RowKind, RowLook};

use super::keys::{Act, TypeAhead, act};
use super::rows::Rows;
use super::tree::{State, Tree};

fn group(uid: &Uidp, name: &str, has_children: bool) -> Group {
    let path = uid.ancestors().map(|above| PathElement {
        name: name_of(&above),
        uid: above,
    });
    let mut path: Vec<PathElement> = path.collect();
    path.reverse();
    Group {
        uid: uid.clone(),
        name: name.to_owned(),
        description: String::new(),
        create_time: String::new(),
        update_time: String::new(),
        path,
        has_children,
        etag: String::new(),
        device_sign_in: None,
    }
}

fn name_of(uid: &Uidp) -> String {
    ["acme", "dev", "payments"][uid.depth() - 1].to_owned()
}

fn page(groups: Vec<Group>, next: &str) -> GroupPage {
    GroupPage {
        groups,
        next_page_token: next.to_owned(),
        ..GroupPage::default()
    }
}

fn acme() -> Uidp {
    Uidp::root([1; 20])
}

fn below(uid: &Uidp, byte: u8) -> Uidp {
    uid.child([byte; 8]).unwrap()
}

fn wanted(tree: &mut Tree) -> Vec<Uidp> {
    let mut wanted = tree.take_wanted();
    wanted.sort();
    wanted
}

/// The rows of a tree with a group chosen.
fn rows(tree: &Tree, selected: &Uidp) -> Vec<RowLook> {
    let mut rows = Rows::of(tree);
    rows.select(selected);
    let looks = (0..rows.all.len()).map(|at| rows.look(tree, at, None));
    looks.collect()
}

/// Level and name, `+` for open, `-` for closed, `!` for selected, the frame in brackets.
fn picture(rows: &[RowLook]) -> Vec<String> {
    let line = |look: &RowLook| {
        let name = match look.kind {
            RowKind::Thing => look.before.clone() + &look.name,
            RowKind::Name => format!("({})", look.name),
            kind => format!("{kind:?}"),
        };
        let twist = look
            .expanded
            .map_or("", |open| if open { "+" } else { "-" });
        let mark = if look.is_selected { "!" } else { "" };
        let frame = match look.reach {
            Reach::Outside => "",
            Reach::Inside => " |",
            Reach::End => " ]",
        };
        format!("{} {twist}{name}{mark}{frame}", look.level)
    };
    rows.iter().map(line).collect()
}

/// acme (dev (payments), prod, staging), all loaded, dev open.
fn known() -> Tree {
    let mut tree = Tree::new(acme());
    tree.set_tops(&[group(&acme(), "acme", true)]);
    let (dev, prod, staging) = (below(&acme(), 1), below(&acme(), 2), below(&acme(), 3));
    assert_eq!(tree.take_wanted(), [acme()]);
    let first = vec![
        group(&dev, "dev", true),
        group(&prod, "prod", false),
        group(&staging, "staging", false),
    ];
    tree.page_arrived(&acme(), None, &page(first, ""));
    tree.expand(&dev);
    assert_eq!(tree.take_wanted(), std::slice::from_ref(&dev));
    tree.page_arrived(
        &dev,
        None,
        &page(vec![group(&below(&dev, 1), "payments", false)], ""),
    );
    tree
}

#[test]
fn the_frame_goes_round_the_selected_row_and_all_below_it() {
    let tree = known();
    let dev = below(&acme(), 1);
    assert_eq!(
        picture(&rows(&tree, &dev)),
        [
            "1 +acme",
            "2 +dev! |",
            "3 payments ]",
            "2 prod",
            "2 staging"
        ]
    );
    assert_eq!(picture(&rows(&tree, &below(&acme(), 3)))[4], "2 staging! ]");
}

#[test]
fn nothing_known_yet_is_a_skeleton() {
    let tree = Tree::new(acme());
    assert_eq!(
        picture(&rows(&tree, &acme())),
        ["1 Loading", "1 Loading", "1 Loading"]
    );
}

#[test]
fn a_deep_link_opens_the_way_down_before_the_siblings_arrive() {
    let mut tree = Tree::new(acme());
    tree.set_tops(&[group(&acme(), "acme", true)]);
    let dev = below(&acme(), 1);
    let payments = below(&dev, 1);
    tree.reveal(&group(&payments, "payments", false));
    assert_eq!(
        picture(&rows(&tree, &payments)),
        [
            "1 +acme",
            "2 +dev",
            "3 payments! ]",
            "3 Loading",
            "2 Loading"
        ]
    );
    assert_eq!(wanted(&mut tree), [acme(), dev.clone()]);
    assert_eq!(tree.take_wanted(), [], "asked for once");
    // A first page without dev: it stays, after what arrived.
    tree.page_arrived(
        &acme(),
        None,
        &page(vec![group(&below(&acme(), 9), "a", false)], "next"),
    );
    assert_eq!(
        picture(&rows(&tree, &payments)),
        [
            "1 +acme",
            "2 a",
            "2 +dev",
            "3 payments! ]",
            "3 Loading",
            "2 More"
        ]
    );
    assert_eq!(tree.take_more(&acme()), Some(Some("next".to_owned())));
    assert_eq!(tree.take_more(&acme()), None, "asked for once");
    tree.page_arrived(
        &acme(),
        Some("next"),
        &page(vec![group(&dev, "dev", true)], ""),
    );
    tree.page_failed(&dev, None);
    assert_eq!(
        picture(&rows(&tree, &payments)),
        ["1 +acme", "2 a", "2 +dev", "3 payments! ]", "3 Failed"]
    );
    assert_eq!(tree.take_more(&dev), Some(None), "tried again");
}

#[test]
fn below_an_organization_that_one_may_not_see_its_name_stands_alone() {
    let mut tree = Tree::new(acme());
    let dev = below(&acme(), 1);
    let payments = below(&dev, 1);
    tree.set_tops(&[
        group(&payments, "payments", true),
        group(&below(&acme(), 2), "prod", false),
    ]);
    assert_eq!(
        picture(&rows(&tree, &payments)),
        ["1 (acme)", "2 -dev / payments! ]", "2 prod"]
    );
}

#[test]
fn a_new_folder_stands_in_the_order_of_names() {
    let mut tree = known();
    let payouts = below(&acme(), 7);
    tree.reveal(&group(&payouts, "payouts", false));
    assert_eq!(
        picture(&rows(&tree, &payouts)),
        [
            "1 +acme",
            "2 +dev",
            "3 payments",
            "2 payouts! ]",
            "2 prod",
            "2 staging"
        ]
    );
    tree.rename(&group(&payouts, "zoo", false));
    assert_eq!(picture(&rows(&tree, &payouts))[5], "2 zoo! ]");
}

#[test]
fn a_parent_that_lost_its_last_child_has_no_twist() {
    let mut tree = known();
    let dev = below(&acme(), 1);
    tree.remove(&below(&dev, 1));
    assert_eq!(
        picture(&rows(&tree, &dev)),
        ["1 +acme", "2 dev! ]", "2 prod", "2 staging"]
    );
}

#[test]
fn what_was_open_stays_open_and_is_asked_for_again() {
    let mut tree = known();
    tree.set_tops(&[group(&acme(), "acme", true)]);
    assert_eq!(
        picture(&rows(&tree, &acme())).len(),
        5,
        "the old rows stay meanwhile"
    );
    let dev = below(&acme(), 1);
    assert_eq!(wanted(&mut tree), [acme(), dev.clone()]);
    // prod and staging were deleted by someone else.
    tree.page_arrived(&acme(), None, &page(vec![group(&dev, "dev", true)], ""));
    assert_eq!(
        picture(&rows(&tree, &acme())),
        ["1 +acme! |", "2 +dev |", "3 payments ]"]
    );
}

#[test]
fn a_late_page_is_dropped() {
    let mut tree = known();
    tree.page_arrived(
        &acme(),
        Some("old"),
        &page(vec![group(&below(&acme(), 9), "x", false)], ""),
    );
    assert_eq!(rows(&tree, &acme()).len(), 5);
    assert_eq!(
        tree.nodes[&acme()].kids.state,
        State::Arrived { next: None }
    );
}

#[test]
fn arrows_move_open_and_close() {
    let rows = Rows::of(&known()).all;
    for (key, at, expected) in [
        ("ArrowDown", 0, Some(Act::Focus(1))),
        ("ArrowDown", 4, None),
        ("ArrowUp", 0, None),
        ("ArrowUp", 3, Some(Act::Focus(2))),
        ("Home", 3, Some(Act::Focus(0))),
        ("End", 0, Some(Act::Focus(4))),
        ("PageDown", 1, Some(Act::Focus(4))),
        ("PageUp", 3, Some(Act::Focus(0))),
        ("ArrowRight", 1, Some(Act::Focus(2))),
        ("ArrowRight", 3, None),
        ("ArrowLeft", 1, Some(Act::Collapse(1))),
        ("ArrowLeft", 2, Some(Act::Focus(1))),
        ("ArrowLeft", 3, Some(Act::Focus(0))),
        ("Enter", 2, Some(Act::Open(2))),
        ("F2", 2, Some(Act::Rename(2))),
        ("Delete", 2, Some(Act::Delete(2))),
        ("Tab", 2, None),
    ] {
        assert_eq!(act(key, &rows, at), expected, "{key} on {at}");
    }
}

#[test]
fn letters_find_names() {
    let tree = known();
    let rows = Rows::of(&tree).all;
    let name = |at: usize| tree.nodes[&rows[at].uid].name.as_str();
    let mut typed = TypeAhead::default();
    let mut find = |key, now_ms, at| typed.find(key, now_ms, (at, rows.len()), &name);
    assert_eq!(find("p", 0, 0), Some(Act::Focus(2)), "payments");
    assert_eq!(find("r", 100, 2), Some(Act::Focus(3)), "prod");
    assert_eq!(
        find("P", 5_000, 3),
        Some(Act::Focus(2)),
        "round to payments"
    );
    assert_eq!(find("x", 9_000, 3), None);
    assert_eq!(find("Shift", 20_000, 3), None);
    assert_eq!(find(" ", 30_000, 3), None);
    assert_eq!(find("p", 40_000, 0), Some(Act::Focus(2)));
    typed.clear();
    let again = typed.find("p", 40_100, (2, rows.len()), &name);
    assert_eq!(
        again,
        Some(Act::Focus(3)),
        "another key between: a new word"
    );
}

#[test]
fn forty_levels_stand_within_the_pane() {
    let mut tree = Tree::new(acme());
    tree.set_tops(&[group(&acme(), "acme", true)]);
    let mut uid = acme();
    for _ in 0..40 {
        let parent = uid.clone();
        uid = below(&uid, 1);
        tree.expand(&parent);
        tree.take_wanted();
        let level = Group {
            path: Vec::new(),
            ..leaf(&uid)
        };
        tree.page_arrived(&parent, None, &page(vec![level], ""));
    }
    let rows = rows(&tree, &uid);
    let last = rows.last().unwrap();
    assert_eq!((last.level, last.indent), (41, 12));
    assert!(last.is_selected);
}

fn leaf(uid: &Uidp) -> Group {
    Group {
        uid: uid.clone(),
        name: "deep".to_owned(),
        description: String::new(),
        create_time: String::new(),
        update_time: String::new(),
        path: Vec::new(),
        has_children: true,
        etag: String::new(),
        device_sign_in: None,
    }
}

#[test]
fn what_was_open_at_another_visit_opens_as_it_turns_up() {
    let mut tree = Tree::new(acme());
    let dev = below(&acme(), 1);
    tree.remember_open(vec![acme(), dev.clone()]);
    tree.set_tops(&[group(&acme(), "acme", true)]);
    assert_eq!(tree.take_wanted(), [acme()]);
    tree.page_arrived(&acme(), None, &page(vec![group(&dev, "dev", true)], ""));
    assert_eq!(tree.take_wanted(), [dev]);
}

#[test]
fn ten_thousand_rows_keep_their_places() {
    let mut tree = Tree::new(acme());
    tree.set_tops(&[group(&acme(), "acme", true)]);
    tree.take_wanted();
    let mut after = None;
    for at in 0..50_u8 {
        let groups = (0..200_u8).map(|kid| {
            let uid = acme().child([0, 0, 0, 0, 0, 0, at, kid]).unwrap();
            Group {
                path: Vec::new(),
                has_children: false,
                ..leaf(&uid)
            }
        });
        let next = if at == 49 {
            String::new()
        } else {
            at.to_string()
        };
        tree.page_arrived(&acme(), after.as_deref(), &page(groups.collect(), &next));
        after = tree.take_more(&acme()).flatten();
    }
    let mut rows = Rows::of(&tree);
    assert_eq!(rows.all.len(), 10_001);
    rows.select(&acme());
    assert_eq!(rows.look(&tree, 10_000, None).reach, Reach::End);
    assert_eq!(rows.look(&tree, 10_000, None).place, Some(10_000));
}
