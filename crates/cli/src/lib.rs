//! Client commands of the `bailiwick` binary. They speak to a server through `bailiwick_api` and
//! never reach a database.

use clap::Subcommand;

/// The commands that this crate adds to the binary.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print what a role of the product may do.
    #[command(name = "role")]
    Role {
        /// `owner`, `editor`, `viewer` or `gulfstream`; all of them when left out.
        name: Option<String>,
    },
}

impl Command {
    /// Runs the command.
    pub fn run(&self) {
        let Self::Role { name } = self;
        for role in bailiwick_domain::BuiltInRole::all() {
            if name.as_deref().is_some_and(|name| name != role.name) {
                continue;
            }
            println!("[{}] {}", role.name, role.description);
            for capability in role.capabilities.iter() {
                println!("  {:<40} {}", capability.name(), capability.about());
            }
        }
    }
}
