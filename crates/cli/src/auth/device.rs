//! Signing in by a code that is typed in a browser elsewhere (RFC 8628).

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::failure::{Failure, Kind};
use crate::output::{plain, say};
use crate::server::{Issuer, Refusal, Tokens};

/// What `slow_down` adds to the time between two polls (RFC 8628 §3.5).
const SLOWER: Duration = Duration::from_secs(5);
/// The longest name of this machine that is sent.
const HOST_MAX: usize = 100;

/// Shows a code and waits until somebody approved it.
///
/// # Errors
/// Denied, expired, or the server does not do this.
pub(super) async fn tokens(issuer: &Issuer<'_>) -> Result<Tokens, Failure> {
    let host = gethostname::gethostname().to_string_lossy().into_owned();
    let host: String = host.chars().take(HOST_MAX).collect();
    let device = issuer.authorize_device(&host).await?;
    let ends = Instant::now() + Duration::from_secs(device.expires_in);
    say(&format!(
        "On any device, open\n\n    {}\n\nand type the code\n\n    {}\n\nIt is good for {} minutes. \
         Waiting …",
        plain(&device.verification_uri),
        plain(&device.user_code),
        device.expires_in.div_ceil(60),
    ));
    let fields = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("device_code", &device.device_code),
    ];
    let mut interval = Duration::from_secs(device.interval.max(1));
    loop {
        if Instant::now() + interval > ends {
            return Err(expired());
        }
        sleep(interval).await;
        let refusal = match issuer.tokens(&fields).await {
            Ok(Ok(tokens)) => return Ok(tokens),
            Ok(Err(refusal)) => refusal,
            // A server that restarts, or a network that is away, is back before the code ends.
            Err(failure) if failure.kind == Kind::OutOfReach => {
                interval += SLOWER;
                continue;
            }
            Err(failure) => return Err(failure),
        };
        match refusal.error.as_str() {
            "authorization_pending" => {}
            "slow_down" => interval += SLOWER,
            _ => return Err(ended(&refusal)),
        }
    }
}

fn ended(refusal: &Refusal) -> Failure {
    match refusal.error.as_str() {
        "access_denied" => Failure::refused("The sign-in was denied."),
        "expired_token" => expired(),
        _ => refusal.failure("Nobody was signed in"),
    }
}

fn expired() -> Failure {
    Failure::refused("The code has expired: run `bailiwick auth login --headless` again.")
}
