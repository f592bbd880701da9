//! The whole of the console: what everything shares, and which page stands where.

use bailiwick_domain::Uidp;

use wasm_split_helpers::wasm_split;

use crate::api::{Client, provide_client, use_client};
use crate::browser;
use crate::lazy::{Arrival, lazy};
use crate::pages;
use crate::parts::commands::Commands;
use crate::parts::gate::gate;
use crate::parts::place::{Place, use_place};
use crate::parts::problem::problem;
use crate::parts::session_ended::session_ended;
use crate::parts::shell::shell;
use crate::reactive::spawn_local;
use crate::router::{Router, on_own_link};
use crate::routes::{self, Page, Part};
use crate::session::{Phase, Prompt, Session, sign_in, use_session};
use crate::state::{Callback, after};
use crate::ui::dom::{El, View, find_id, nothing, switch, views};
use crate::ui::heading::plain_heading;
use crate::ui::toast::Toast;

/// What is drawn. It changes less often than the address: a move within one organization keeps
/// the page, and a move within the shell keeps the shell.
#[derive(Debug, Clone, PartialEq)]
enum Frame {
    /// Nothing yet: what `index.html` shows stays.
    Boot,
    Failed(bailiwick_api::Error),
    Login,
    Callback,
    Invite,
    Activate,
    Authorize,
    Lost,
    Shell,
}

/// What is drawn in the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Inner {
    Organizations,
    Me,
    Group(Uidp),
    Org(Uidp, Part),
    #[cfg(feature = "dev-ui")]
    Components,
    Lost,
}

/// The console.
pub(crate) fn app() -> View {
    let router = Router::start();
    let client = provide_client();
    Place::provide();
    Commands::provide();
    Toast::provide();
    pages::group::provide_memory();
    let session = Session::start(&client, router);
    send_to_sign_in(session, router);
    preload(&client);
    let page = switch(
        move || frame_of(&session.phase(), &router.page(), is_for_another_tab(router)),
        move |frame| {
            if *frame != Frame::Boot {
                remove_boot();
            }
            match frame {
                Frame::Boot => nothing(),
                Frame::Failed(error) => cannot_start(error).into(),
                Frame::Login => pages::login::page(),
                Frame::Callback => pages::callback::page(),
                Frame::Invite => lazy(arrival_pages, |pages| (pages.invite)()),
                Frame::Activate => lazy(arrival_pages, |pages| (pages.activate)()),
                Frame::Authorize => lazy(arrival_pages, |pages| (pages.authorize)()),
                Frame::Lost => gate(pages::not_found::page()).into(),
                Frame::Shell => shell(inside(router)),
            }
        },
    );
    views([page, session_ended()])
}

/// Whether the page is there for another tab that waits for a sign-in. Tracked.
fn is_for_another_tab(router: Router) -> bool {
    router.query("then") == "close"
}

fn frame_of(phase: &Phase, page: &Page, is_for_another_tab: bool) -> Frame {
    match (phase, page) {
        (Phase::Loading, _) => Frame::Boot,
        (Phase::Failed(error), _) => Frame::Failed(error.clone()),
        (_, Page::Callback) => Frame::Callback,
        (_, Page::Invite) => Frame::Invite,
        (Phase::SignedOut, Page::Login) => Frame::Login,
        (Phase::SignedIn, Page::Login) if is_for_another_tab => Frame::Login,
        (Phase::SignedOut, Page::NotFound) => Frame::Lost,
        (Phase::SignedIn, Page::Activate) => Frame::Activate,
        (Phase::SignedIn, Page::Authorize) => Frame::Authorize,
        (Phase::SignedIn, page) if *page != Page::Login => Frame::Shell,
        // On the way elsewhere: see `send_to_sign_in`.
        _ => Frame::Boot,
    }
}

/// Whoever is not signed in is sent to sign in, and comes back; whoever is has no business there.
fn send_to_sign_in(session: Session, router: Router) {
    after(move || match (session.phase(), router.page()) {
        (Phase::SignedOut, page) if page.needs_session() => {
            session.remember(&router.here());
            match browser::query_value("idp_id").filter(|_| page == Page::Authorize) {
                Some(provider) => go_to_provider(session, router, provider),
                None => router.replace(routes::LOGIN),
            }
        }
        (Phase::SignedIn, Page::Login) if is_for_another_tab(router) => {}
        (Phase::SignedIn, Page::Login) => router.replace(&session.return_to()),
        _ => {}
    });
}

/// A client may name the provider, so that nobody has to choose.
fn go_to_provider(session: Session, router: Router, provider: String) {
    spawn_local(async move {
        if sign_in(session, &provider, Prompt::Any).await.is_err() {
            router.replace(routes::LOGIN);
        }
    });
}

/// Asks for what a link leads to while the pointer or the focus rests on it, so that it is here when
/// the link is followed.
fn preload(client: &Client) {
    let client = client.clone();
    on_own_link(move |path| {
        let client = client.clone();
        match Page::of(path) {
            Page::Group(uid, tab) => {
                if pages::group::is_lazy(tab) {
                    spawn_local(async { drop(pages::group::fetch_tabs().await) });
                }
                // Kept by the transport; whoever follows the link asks again.
                spawn_local(async move { drop(client.get_group(&uid).await) });
            }
            Page::Org(..) | Page::Me => spawn_local(async { drop(org_pages().await) }),
            _ => {}
        }
    });
}

fn inside(router: Router) -> View {
    let inner = move || match router.page() {
        Page::Organizations => Inner::Organizations,
        Page::Me => Inner::Me,
        Page::Group(uid, _) => Inner::Group(uid.organization()),
        Page::Org(org, part) => Inner::Org(org, part),
        // A server that is at work has other pages.
        #[cfg(feature = "dev-ui")]
        Page::Components if use_session().server().development => Inner::Components,
        // On the way to the sign-in the shell goes away with the next frame.
        _ => Inner::Lost,
    };
    switch(inner, |inner| match inner {
        Inner::Organizations => pages::organizations::page(),
        Inner::Me => lazy(org_pages, |pages| (pages.me)()),
        Inner::Group(org) => pages::group::page(org),
        Inner::Org(org, part) => {
            let (org, part) = (org.clone(), part.clone());
            lazy(org_pages, move |pages| match &part {
                Part::Members => (pages.members)(&org),
                Part::Person(uid) => (pages.person)(&org, uid),
                Part::Roles => (pages.roles)(&org),
                Part::NewRole => (pages.role)(&org, None),
                Part::Role(uid) => (pages.role)(&org, Some(uid)),
            })
        }
        #[cfg(feature = "dev-ui")]
        Inner::Components => pages::components::page(),
        Inner::Lost => {
            use_place().outside("No such page");
            pages::not_found::page()
        }
    })
}

/// The pages about people and roles.
#[derive(Debug, Clone, Copy)]
struct OrgPages {
    me: fn() -> View,
    members: fn(&Uidp) -> View,
    person: fn(&Uidp, &Uidp) -> View,
    roles: fn(&Uidp) -> View,
    role: fn(&Uidp, Option<&Uidp>) -> View,
}

#[wasm_split(people, fallible)]
fn org_pages() -> Arrival<OrgPages> {
    Ok(OrgPages {
        me: pages::me::page,
        members: pages::members::page,
        person: pages::person::page,
        roles: pages::roles::page,
        role: pages::role::page,
    })
}

/// The pages on which people arrive who follow a link or bring a code.
#[derive(Debug, Clone, Copy)]
struct ArrivalPages {
    invite: fn() -> View,
    activate: fn() -> View,
    authorize: fn() -> View,
}

#[wasm_split(arrival, fallible)]
fn arrival_pages() -> Arrival<ArrivalPages> {
    Ok(ArrivalPages {
        invite: pages::invite::page,
        activate: pages::activate::page,
        authorize: pages::authorize::page,
    })
}

fn cannot_start(error: &bailiwick_api::Error) -> El {
    let (client, session) = (use_client(), use_session());
    let again = Callback::new(move |()| session.load(&client));
    let problem = problem("The console could not begin", error, again);
    gate(views([plain_heading("Bailiwick").into(), problem.into()]))
}

/// Takes away what `index.html` shows until there is something to see.
fn remove_boot() {
    if let Some(boot) = find_id("boot") {
        boot.html().remove();
    }
}
