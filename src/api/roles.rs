//! The roles that there are.

use bailiwick_api::routes::{Method, ROLES};
use bailiwick_api::{Call, Error, RolePage, Transport};

use super::Client;

/// `GET /iam/v2/roles`.
pub(crate) async fn list_roles(client: &Client) -> Result<RolePage, Error> {
    let call = Call {
        method: Method::Get,
        path: ROLES.to_owned(),
        body: None,
    };
    let reply = client.transport().send(call).await.ok_or(Error::Network)?;
    let status = reply.status;
    if status == 200 {
        return serde_json::from_str(&reply.body).map_err(|_| Error::Decode { status });
    }
    let refused = serde_json::from_str(&reply.body).map_err(|_| Error::Decode { status })?;
    Err(Error::Refused {
        http: status,
        status: Box::new(refused),
    })
}
