//! The whole of the console: what everything shares, and which page stands where.

use bailiwick_domain::Uidp;
use leptos::prelude::*;

use crate::api::{provide_client, use_client};
use crate::pages;
use crate::parts::gate::gate;
use crate::parts::place::Place;
use crate::parts::problem::problem;
use crate::parts::session_ended::session_ended;
use crate::parts::shell::shell;
use crate::router::Router;
use crate::routes::{self, Page};
use crate::session::{Phase, Session, use_session};
use crate::ui::heading::plain_heading;
use crate::ui::live::Live;

/// What is drawn. It changes less often than the address: a move within one organization keeps
/// the page, and a move within the shell keeps the shell.
#[derive(Debug, Clone, PartialEq)]
enum Frame {
    /// Nothing yet: what `index.html` shows stays.
    Boot,
    Failed(bailiwick_api::Error),
    Login,
    Callback,
    Lost,
    Shell,
}

/// What is drawn in the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Inner {
    Organizations,
    Group(Uidp),
    Lost,
}

/// The console.
pub(crate) fn app() -> AnyView {
    let router = Router::start();
    let client = provide_client();
    Place::provide();
    Live::provide();
    pages::group::provide_memory();
    let session = Session::start(&client, router);
    let page = Memo::new(move |_| Page::of(&router.path()));
    send_to_sign_in(session, router, page);
    let frame = Memo::new(move |_| page.with(|page| frame_of(&session.phase(), page)));
    Effect::new(move |_| {
        if frame.get() != Frame::Boot {
            remove_boot();
        }
    });
    view! {
        {move || match frame.get() {
            Frame::Boot => ().into_any(),
            Frame::Failed(error) => cannot_start(&error),
            Frame::Login => pages::login::page(),
            Frame::Callback => pages::callback::page(),
            Frame::Lost => gate(pages::not_found::page()),
            Frame::Shell => shell(inside(page)),
        }}
        {session_ended()}
    }
    .into_any()
}

fn frame_of(phase: &Phase, page: &Page) -> Frame {
    match (phase, page) {
        (Phase::Loading, _) => Frame::Boot,
        (Phase::Failed(error), _) => Frame::Failed(error.clone()),
        (_, Page::Callback) => Frame::Callback,
        (Phase::SignedOut, Page::Login) => Frame::Login,
        (Phase::SignedOut, Page::NotFound) => Frame::Lost,
        (Phase::SignedIn, page) if *page != Page::Login => Frame::Shell,
        // On the way elsewhere: see `send_to_sign_in`.
        _ => Frame::Boot,
    }
}

/// Whoever is not signed in is sent to sign in, and comes back; whoever is has no business there.
fn send_to_sign_in(session: Session, router: Router, page: Memo<Page>) {
    Effect::new(move |_| match session.phase() {
        Phase::SignedOut if page.with(Page::needs_session) => {
            session.remember(&router.here());
            router.replace(routes::LOGIN);
        }
        Phase::SignedIn if page.get() == Page::Login => router.replace(&session.return_to()),
        _ => {}
    });
}

fn inside(page: Memo<Page>) -> impl IntoView {
    let inner = Memo::new(move |before: Option<&Inner>| {
        page.with(|page| match page {
            Page::Organizations => Inner::Organizations,
            Page::Group(uid) => Inner::Group(uid.organization()),
            Page::NotFound => Inner::Lost,
            // The shell goes away with the next frame.
            Page::Login | Page::Callback => before.cloned().unwrap_or(Inner::Lost),
        })
    });
    move || match inner.get() {
        Inner::Organizations => pages::organizations::page(),
        Inner::Group(org) => pages::group::page(&org),
        Inner::Lost => {
            crate::parts::place::use_place().outside("No such page");
            pages::not_found::page()
        }
    }
}

fn cannot_start(error: &bailiwick_api::Error) -> AnyView {
    let (client, session) = (use_client(), use_session());
    let again = Callback::new(move |()| session.load(&client));
    let column = view! {
        {plain_heading("Bailiwick")}
        {problem("The console could not begin", error, again)}
    };
    gate(column.into_any())
}

/// Takes away what `index.html` shows until there is something to see.
fn remove_boot() {
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}
