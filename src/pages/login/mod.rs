//! Signing in: the providers to choose from.

mod map;

use bailiwick_api::{Provider, ProviderList};
use leptos::prelude::*;

use crate::api::use_client;
use crate::browser;
use crate::parts::gate::gate;
use crate::parts::problem::problem;
use crate::remote::Remote;
use crate::session::{Prompt, SignInError, last_provider, sign_in, use_session};
use crate::ui::badge;
use crate::ui::button::{Button, Kind};
use crate::ui::callout::{Tone, callout};
use crate::ui::empty::empty;
use crate::ui::heading::decision;
use crate::ui::skeleton::loading;

/// What a button of a provider does.
#[derive(Debug, Clone, Copy)]
struct Leaving {
    /// The provider that one goes to.
    to: RwSignal<Option<String>>,
    error: RwSignal<Option<SignInError>>,
    go: Callback<String>,
}

/// The page.
pub(crate) fn page() -> AnyView {
    let client = use_client();
    let providers = RwSignal::new(Remote::<ProviderList>::Loading);
    let load = Callback::new(move |()| {
        providers.set(Remote::Loading);
        let client = client.clone();
        leptos::task::spawn_local(async move {
            let answer = client.providers().await;
            let _ = providers.try_set(answer.into());
        });
    });
    load.run(());
    let leaving = leaving();
    let choice = move || {
        providers.with(|providers| match providers {
            Remote::Loading => skeleton(),
            Remote::Failed(error) => problem("The providers did not arrive", error, load),
            Remote::Ready(list) => choose(&list.providers, leaving),
        })
    };
    let column = view! {
        <div class="l-stack" data-gap="2">
            {decision("Sign in")}
            <p class="ui-quiet">
                "You are signing in to " <strong>{browser::host()}</strong> "."
            </p>
        </div>
        {move || leaving.error.get().map(cannot)}
        {choice}
    };
    view! { <div class="p-login">{gate(column.into_any())} {map::map()}</div> }.into_any()
}

fn leaving() -> Leaving {
    let session = use_session();
    let prompt = match browser::query_value("prompt").as_deref() {
        Some("select_account") => Prompt::SelectAccount,
        _ => Prompt::Any,
    };
    let to = RwSignal::new(None);
    let error = RwSignal::new(None);
    let go = Callback::new(move |id: String| {
        if to.get_untracked().is_some() {
            return;
        }
        to.set(Some(id.clone()));
        error.set(None);
        leptos::task::spawn_local(async move {
            if let Err(failure) = sign_in(&id, prompt, &session.return_to()).await {
                let _ = error.try_set(Some(failure));
                let _ = to.try_set(None);
            }
        });
    });
    Leaving { to, error, go }
}

fn choose(providers: &[Provider], leaving: Leaving) -> AnyView {
    if providers.is_empty() {
        return nobody_configured();
    }
    let last = last_provider();
    let (development, real): (Vec<_>, Vec<_>) =
        providers.iter().partition(|provider| provider.development);
    let buttons = real
        .into_iter()
        .map(|provider| {
            let is_last = last.as_deref() == Some(provider.id.as_str());
            view! { <li>{button(provider, is_last, leaving)}</li> }
        })
        .collect_view();
    view! {
        <ul class="l-stack" data-gap="2">
            {buttons}
        </ul>
        {development.into_iter().map(|provider| development_note(provider, leaving)).collect_view()}
    }
    .into_any()
}

fn button(provider: &Provider, is_last: bool, leaving: Leaving) -> AnyView {
    let id = StoredValue::new(provider.id.clone());
    let is_chosen = move || id.with_value(|id| leaving.to.with(|to| to.as_ref() == Some(id)));
    view! {
        <button
            class="ui-button p-provider"
            type="button"
            data-size="lg"
            aria-busy=move || is_chosen().then_some("true")
            on:click=move |_| leaving.go.run(id.get_value())
        >
            <span class="ui-who">
                {move || is_chosen().then(|| view! { <span class="ui-spin"></span> })}
                "Continue with " {provider.name.clone()}
                {is_last
                    .then(|| view! { <span class="l-wide-only">{badge::accent("last used")}</span> })}
            </span>
            <span class="p-host">{provider.host.clone()}</span>
        </button>
    }
    .into_any()
}

fn development_note(provider: &Provider, leaving: Leaving) -> AnyView {
    let id = StoredValue::new(provider.id.clone());
    let pending =
        Signal::derive(move || id.with_value(|id| leaving.to.with(|to| to.as_ref() == Some(id))));
    let note = view! {
        <p>
            <strong>"This is a development server."</strong>
            " Anyone on this computer can sign in as anyone, by naming an email."
        </p>
        <p class="l-row">
            <Button
                size="sm"
                pending=pending
                on_press=Callback::new(move |()| leaving.go.run(id.get_value()))
            >
                "Development sign-in"
            </Button>
            <span class="p-host">{provider.host.clone()}</span>
        </p>
    };
    view! { <section aria-label="Development sign-in">{callout(Tone::Warn, note.into_any())}</section> }
        .into_any()
}

fn nobody_configured() -> AnyView {
    let words = "Nobody can sign in yet. Whoever runs this server adds a provider to its \
                 configuration, below [[providers]], and starts it again.";
    let ways = view! {
        <Button kind=Kind::Plain on_press=Callback::new(|()| browser::reload())>
            "Look again"
        </Button>
    };
    empty(
        "No provider is configured",
        words.into_any(),
        ways.into_any(),
    )
}

fn skeleton() -> AnyView {
    let bones = view! {
        <div class="l-stack" data-gap="2">
            <span class="ui-bone p-bone"></span>
            <span class="ui-bone p-bone"></span>
        </div>
    };
    loading("Loading the providers", bones.into_any())
}

fn cannot(error: SignInError) -> AnyView {
    let words = match error {
        SignInError::NoCrypto => {
            "This browser does not offer its cryptography here. Open the page by https, or on this \
             computer by localhost."
        }
        SignInError::NoStorage => {
            "This browser keeps nothing for this site, so a sign-in could not come back. Allow \
             site data for it, or leave the private window."
        }
    };
    callout(Tone::Danger, words.into_any())
}
