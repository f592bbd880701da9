//! The API of the server. Nothing else in the console speaks HTTP.

mod fetch;

use leptos::prelude::*;

pub(crate) use fetch::Fetch;

/// The client over the browser's fetch.
pub(crate) type Client = bailiwick_api::Client<Fetch>;

/// Makes the client and provides it to the views.
pub(crate) fn provide_client() -> Client {
    let client = Client::new(Fetch::default());
    provide_context(client.clone());
    client
}

/// The client that [`provide_client`] made.
pub(crate) fn use_client() -> Client {
    expect_context()
}
