//! What every command knows: the server, the form of the output, the credentials.

use clap::Args;

use crate::credentials::Folder;
use crate::failure::Failure;
use crate::output::Format;
use crate::server::{Http, Server, SignIn, chosen};

/// Flags of all commands.
#[derive(Debug, Clone, Args)]
pub(crate) struct Globals {
    /// The server's URL. Else BAILIWICK_SERVER, else the only server you have signed in to, else
    /// http://localhost:8080.
    #[arg(long, global = true, value_name = "URL", help_heading = "Everywhere")]
    server: Option<String>,
    /// Another form of output.
    #[arg(
        short,
        long,
        global = true,
        value_enum,
        value_name = "FORM",
        help_heading = "Everywhere"
    )]
    output: Option<Format>,
    /// No colour, as with NO_COLOR.
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(crate) no_color: bool,
}

/// The flags and what they come to.
#[derive(Debug)]
pub(crate) struct Context {
    globals: Globals,
}

impl Context {
    pub(crate) fn new(globals: Globals) -> Self {
        Self { globals }
    }

    /// The sign-in at the server.
    ///
    /// # Errors
    /// It cannot be told which server, or where credentials are.
    pub(crate) fn sign_in(&self) -> Result<SignIn, Failure> {
        let folder = Folder::of_user()?;
        let server = chosen(self.globals.server.as_deref(), &folder)?;
        Ok(SignIn::new(Http::new(&server)?, folder))
    }

    /// The API, as whoever is signed in.
    ///
    /// # Errors
    /// As [`Context::sign_in`].
    pub(crate) fn server(&self) -> Result<Server, Failure> {
        Ok(Server::new(self.sign_in()?))
    }

    /// The chosen form of output, if the command has it.
    ///
    /// # Errors
    /// It has not.
    pub(crate) fn format(&self, among: &[Format]) -> Result<Option<Format>, Failure> {
        Format::among(self.globals.output, among)
    }
}
