//! Who is signed in at a server, and an access token for it whenever one is needed.

use std::cell::RefCell;

use crate::credentials::{Credentials, Folder, Locked};
use crate::failure::Failure;
use crate::server::{Http, Issuer, Tokens};

/// A sign-in at a server, if there is one.
#[derive(Debug)]
pub(crate) struct SignIn {
    /// Sends to the server.
    pub(crate) http: Http,
    folder: Folder,
    known: RefCell<Option<Credentials>>,
}

impl SignIn {
    pub(crate) fn new(http: Http, folder: Folder) -> Self {
        Self {
            http,
            folder,
            known: RefCell::new(None),
        }
    }

    /// The server.
    pub(crate) fn server(&self) -> &str {
        &self.http.server
    }

    /// An access token that is good for a while.
    ///
    /// # Errors
    /// Nobody is signed in, or no longer.
    pub(crate) async fn access_token(&self) -> Result<String, Failure> {
        if let Some(token) = self.fresh() {
            return Ok(token);
        }
        let read = self.folder.read(self.server())?;
        let credentials = read.ok_or_else(|| self.nobody())?;
        if credentials.are_fresh() {
            return Ok(self.keep(credentials));
        }
        self.renew(&credentials.access_token).await
    }

    /// Another access token than `refused`. Of several processes one asks for it, the others read
    /// what that one got.
    ///
    /// # Errors
    /// Nobody is signed in, or no longer.
    pub(crate) async fn renew(&self, refused: &str) -> Result<String, Failure> {
        let locked = self.folder.lock(self.server())?;
        let credentials = locked.read()?.ok_or_else(|| self.nobody())?;
        if credentials.access_token != refused && credentials.are_fresh() {
            return Ok(self.keep(credentials));
        }
        let Some(refresh_token) = &credentials.refresh_token else {
            return Err(self.ended());
        };
        let issuer = Issuer::discover(&self.http).await?;
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token),
        ];
        let mut tokens =
            issuer
                .tokens(&fields)
                .await?
                .map_err(|refusal| match refusal.error.as_str() {
                    "invalid_grant" => self.ended(),
                    _ => refusal.failure("The sign-in could not be renewed"),
                })?;
        // A server that gives no new one lets the old one live (RFC 6749 §6).
        tokens.refresh_token = tokens.refresh_token.or(credentials.refresh_token);
        self.save(&locked, tokens)
    }

    /// Whether there is a place for credentials, before anybody takes the trouble to sign in.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn can_be_kept(&self) -> Result<(), Failure> {
        self.folder.lock(self.server()).map(drop)
    }

    /// Keeps a new sign-in instead of any other at this server. Answers the token that ends that
    /// other one.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(crate) fn begin(&self, tokens: Tokens) -> Result<Option<String>, Failure> {
        let locked = self.folder.lock(self.server())?;
        let old = locked.last_token();
        self.save(&locked, tokens)?;
        Ok(old)
    }

    /// Forgets the sign-in. Answers the token that ends it at the server, if there is one.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub(crate) fn forget(&self) -> Result<Option<String>, Failure> {
        let locked = self.folder.lock(self.server())?;
        let last = locked.last_token();
        locked.remove()?;
        Ok(last)
    }

    fn save(&self, locked: &Locked, tokens: Tokens) -> Result<String, Failure> {
        let life = tokens.life();
        let server = self.server();
        let credentials = Credentials::new(server, tokens.access_token, life, tokens.refresh_token);
        locked.write(&credentials)?;
        Ok(self.keep(credentials))
    }

    fn fresh(&self) -> Option<String> {
        let known = self.known.borrow();
        let known = known.as_ref().filter(|known| known.are_fresh());
        known.map(|known| known.access_token.clone())
    }

    fn keep(&self, credentials: Credentials) -> String {
        let token = credentials.access_token.clone();
        self.known.replace(Some(credentials));
        token
    }

    fn nobody(&self) -> Failure {
        Failure::refused(format!(
            "You are not signed in at {}. Run `bailiwick auth login{}`.",
            self.server(),
            self.flag()
        ))
    }

    fn ended(&self) -> Failure {
        Failure::refused(format!(
            "Your sign-in at {} has ended. Run `bailiwick auth login{}`.",
            self.server(),
            self.flag()
        ))
    }

    /// What has to be said to name this server.
    fn flag(&self) -> String {
        match self.server() {
            super::DEVELOPMENT => String::new(),
            server => format!(" --server {server}"),
        }
    }
}
