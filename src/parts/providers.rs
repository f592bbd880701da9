//! The providers that one can sign in with, as the choice of one.

mod mark;

use bailiwick_api::{Provider, ProviderList};

use crate::api::use_client;
use crate::browser;
use crate::parts::problem::problem;
use crate::reactive::spawn_local;
use crate::remote::Remote;
use crate::session::{Prompt, SignInError, last_provider, sign_in, use_session};
use crate::state::{Callback, RwSignal, Signal};
use crate::ui::badge;
use crate::ui::button::{Button, Kind};
use crate::ui::callout::{Tone, callout};
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::empty::empty;
use crate::ui::skeleton::loading;

/// What a button of a provider does.
#[derive(Debug, Clone, Copy)]
struct Leaving {
    /// The provider that one goes to; empty before.
    to: RwSignal<String>,
    /// Why one cannot; empty if one can.
    error: RwSignal<String>,
    go: Callback<String>,
}

/// The choice. It leads back to where [`Session::remember`](crate::session::Session::remember) says.
pub(crate) fn providers(prompt: Prompt) -> View {
    let client = use_client();
    let providers = RwSignal::new(Remote::<ProviderList>::Loading);
    let load = Callback::new(move |()| {
        providers.set(Remote::Loading);
        let client = client.clone();
        spawn_local(async move {
            let answer = client.providers().await;
            providers.set(answer.into());
        });
    });
    load.run(());
    let leaving = leaving(prompt);
    let choice = move || {
        providers.with(|providers| match providers {
            Remote::Loading => skeleton().into(),
            Remote::Failed(error) => problem("The providers did not arrive", error, load).into(),
            Remote::Ready(list) => choose(&list.providers, leaving),
        })
    };
    views([
        dynamic(move || {
            let words = leaving.error.get();
            (!words.is_empty()).then(|| callout(Tone::Danger, words))
        }),
        dynamic::<View>(choice),
    ])
}

fn leaving(prompt: Prompt) -> Leaving {
    let session = use_session();
    let to = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let go = Callback::new(move |id: String| {
        if to.with_untracked(|to| !to.is_empty()) {
            return;
        }
        to.set(id.clone());
        error.set(String::new());
        spawn_local(async move {
            if let Err(failure) = sign_in(session, &id, prompt).await {
                error.set(cannot(failure).to_owned());
                to.set(String::new());
            }
        });
    });
    Leaving { to, error, go }
}

fn choose(providers: &[Provider], leaving: Leaving) -> View {
    if providers.is_empty() {
        return nobody_configured().into();
    }
    let last = last_provider();
    let mut list = tag("ul", "l-stack").attr("data-gap", "2");
    let mut notes = Vec::new();
    for provider in providers {
        if provider.development {
            notes.push(development_note(provider, leaving).into());
        } else {
            let is_last = last.as_deref() == Some(provider.id.as_str());
            list = list.child(el("li").child(button(provider, is_last, leaving)));
        }
    }
    let is_all_development = notes.len() == providers.len();
    let list = (!is_all_development).then_some(list);
    views([list.into(), views(notes)])
}

fn is_chosen(provider: &Provider, leaving: Leaving) -> Signal<bool> {
    let id = provider.id.clone();
    Signal::derive(move || leaving.to.with(|to| *to == id))
}

fn button(provider: &Provider, is_last: bool, leaving: Leaving) -> El {
    let (id, icon) = (provider.id.clone(), provider.icon.clone());
    let is_chosen = is_chosen(provider, leaving);
    let beside = match provider.down {
        true => badge::badge(Tone::Warn, "did not answer"),
        false => tag("span", "p-host").child(&provider.host),
    };
    let words = tag("span", "ui-who")
        .child(dynamic(move || match is_chosen.get() {
            true => tag("span", "ui-spin"),
            false => mark::mark(&icon),
        }))
        .child("Continue with ")
        .child(&provider.name)
        .child(is_last.then(|| tag("span", "l-wide-only").child(badge::accent("last used"))));
    tag("button", "ui-button p-provider")
        .attr("type", "button")
        .attr("data-size", "lg")
        .bind("aria-busy", move || {
            is_chosen.get().then(|| "true".to_owned())
        })
        .on("click", move |_| leaving.go.run(id.clone()))
        .child(words)
        .child(beside)
}

fn development_note(provider: &Provider, leaving: Leaving) -> El {
    let id = provider.id.clone();
    let button = Button::new(Kind::Plain, "Development sign-in")
        .small()
        .pending(is_chosen(provider, leaving))
        .on_press(Callback::new(move |()| leaving.go.run(id.clone())));
    let words = el("p")
        .child(el("strong").child("This is a development server."))
        .child(" Anyone on this computer can sign in as anyone, by naming an email.");
    let row = tag("p", "l-row")
        .child(button.view())
        .child(tag("span", "p-host").child(&provider.host));
    el("section")
        .attr("aria-label", "Development sign-in")
        .child(callout(Tone::Warn, views([words.into(), row.into()])))
}

fn nobody_configured() -> El {
    let words = "Nobody can sign in yet. Whoever runs this server adds a provider to its \
                 configuration, below [[providers]], and starts it again.";
    let again =
        Button::new(Kind::Plain, "Look again").on_press(Callback::new(|()| browser::reload()));
    empty("No provider is configured", words, again.view())
}

fn skeleton() -> El {
    let bone = || tag("span", "ui-bone p-bone");
    let bones = tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(bone())
        .child(bone());
    loading("Loading the providers", bones)
}

fn cannot(error: SignInError) -> &'static str {
    match error {
        SignInError::NoCrypto => {
            "This browser does not offer its cryptography here. Open the page by https, or on this \
             computer by localhost."
        }
        SignInError::NoStorage => {
            "This browser keeps nothing for this site, so a sign-in could not come back. Allow \
             site data for it, or leave the private window."
        }
    }
}
