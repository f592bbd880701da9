//! Our server, as a process of its own, on a database with people in it.

use std::path::Path;
use std::sync::Arc;

use bailiwick_store::{
    ClientCodeRedemption, Location, NewClientRequest, Options, Store, SystemClock,
};
use bailiwick_testkit::store::{ISSUER, group, sign_in};

use crate::server::{Server, free_port};

/// The introspecting client's, at both servers.
pub(crate) const SECRET: &str = "introspection-secret-of-the-benchmark";
/// SHA-256 of [`SECRET`].
const SECRET_SHA256: &str = "f8293dcd2b068fb714fce4361cec66bd6d0c00d6f61aa79bc94aa5684316620f";
const REDIRECT_URI: &str = "http://127.0.0.1/callback";

/// A server with refresh tokens of as many people, each of whom owns an organization.
pub(crate) fn start(data: &Path, people: usize) -> (Server, Vec<String>) {
    let tokens = grants(data, people);
    let (port, file) = (free_port(), data.join("bailiwick.toml"));
    let database = data.join("bailiwick.sqlite");
    let text = format!(
        "base_url = \"http://localhost:{port}\"\nlisten = \"127.0.0.1:{port}\"\n\
         database = {database:?}\n\
         [[providers]]\nid = \"dev\"\nname = \"People\"\nissuer = \"{ISSUER}\"\n\
         client_id = \"bailiwick\"\n\
         [[oauth.clients]]\nid = \"gate\"\nname = \"Gate\"\n\
         secret_sha256 = \"{SECRET_SHA256}\"\nintrospect = true\n"
    );
    std::fs::write(&file, text).unwrap();
    let arguments = ["--config".as_ref(), file.as_os_str()];
    (Server::start(data, port, &arguments), tokens)
}

#[tokio::main]
async fn grants(data: &Path, people: usize) -> Vec<String> {
    let options = Options {
        location: Location::Sqlite(data.join("bailiwick.sqlite")),
        development: false,
        issuers: vec![ISSUER.to_owned()],
        mail: false,
    };
    let store = Store::open(&options, Arc::new(SystemClock)).await.unwrap();
    let mut tokens = Vec::new();
    for number in 0..people {
        tokens.push(grant(&store, number).await);
    }
    tokens
}

/// Somebody signs the command line in, as on the console's page.
async fn grant(store: &Store, number: usize) -> String {
    let person = sign_in(store, &format!("person-{number}@example.com")).await;
    let groups = store.groups(&person.caller);
    let name = group(&format!("organization-{number}"));
    groups.create_organization(name, true).await.unwrap();
    let request = NewClientRequest {
        client_id: "cli".to_owned(),
        redirect_uri: REDIRECT_URI.to_owned(),
        client_state: None,
        client_nonce: None,
        code_challenge: "challenge".to_owned(),
        scope: "openid offline_access".to_owned(),
        max_age: None,
    };
    let id = store.begin_client_request(request).await.unwrap();
    let session = &person.session;
    store.inspect_client_request(session, &id).await.unwrap();
    let decided = store.decide_client_request(session, &id, true, "bench");
    let redemption = ClientCodeRedemption {
        code: decided.await.unwrap().code.unwrap(),
        client_id: "cli".to_owned(),
        redirect_uri: REDIRECT_URI.to_owned(),
        code_challenge: "challenge".to_owned(),
        refreshes: true,
        request_id: "bench".to_owned(),
    };
    let issued = store.redeem_client_code(redemption).await.unwrap();
    issued.refresh_token.unwrap().expose()
}
