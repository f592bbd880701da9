//! The API of the server. Nothing else in the console speaks HTTP.
//!
//! A write forgets the answers that it made old ([`Fetch::forget`]); whatever [`query`] shows of
//! them is asked for again and stays meanwhile.

mod fetch;
mod kept;
mod query;

use crate::reactive::provide_context;
use crate::state::shared;

pub(crate) use fetch::{Fetch, Wanted};
pub(crate) use query::{Asked, Query, kept, query, use_view_client};

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
    shared()
}
