//! The server that a command speaks to.

mod address;
mod clock;
mod http;
mod issuer;
mod sign_in;
mod transport;

use bailiwick_api::Client;

pub(crate) use address::{DEVELOPMENT, chosen};
pub(crate) use http::{Answer, Http};
pub(crate) use issuer::{CLIENT, Issuer, Refusal, Tokens};
pub(crate) use sign_in::SignIn;
pub(crate) use transport::Native;

use crate::failure::{self, Failure};

/// The API of a server, as whoever is signed in there.
#[derive(Debug)]
pub(crate) struct Server {
    /// Its calls.
    pub(crate) client: Client<Native>,
}

impl Server {
    /// As whoever `sign_in` is.
    pub(crate) fn new(sign_in: SignIn) -> Self {
        Self {
            client: Client::new(Native::new(sign_in)),
        }
    }

    /// The result of a call, or why there is none.
    ///
    /// # Errors
    /// A refusal, or what the transport knows better.
    pub(crate) fn done<A>(&self, result: Result<A, bailiwick_api::Error>) -> Result<A, Failure> {
        let transport = self.client.transport();
        result.map_err(|error| {
            transport
                .take_trouble()
                .unwrap_or_else(|| failure::of_api(transport.server(), &error))
        })
    }
}
