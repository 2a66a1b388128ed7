//! Which company a command is about, and making it at the first start.
//!
//! A database holds one company unless somebody made more; then its name in the settings says which.

use super::failure::{Failure, FailureCode};
use super::names;
use crate::config::Config;
use crate::relay::{CreateWorkspace, Relay, Workspace};

/// The company of the settings, made where the database holds none yet.
pub(super) async fn open_or_create(relay: &Relay, config: &Config) -> Result<Workspace, Failure> {
    if list(relay).await?.is_empty() {
        let wanted = CreateWorkspace {
            name: config.workspace.trim().to_owned(),
            demo: config.demo,
            administrator: names::person(&config.administrator)?,
        };
        let made = relay.create_workspace(wanted).await;
        let made = made.map_err(|error| Failure::internal("making the company", &error))?;
        tracing::info!(workspace.id = %made.workspace, employee.id = %made.administrator, "made the company and its administrator");
    }
    the_one(relay, &config.workspace).await
}

/// The company a command is about.
pub(super) async fn the_one(relay: &Relay, name: &str) -> Result<Workspace, Failure> {
    let mut all = list(relay).await?;
    let named = all.iter().position(|workspace| workspace.name == name.trim());
    if let Some(at) = named.or_else(|| (all.len() == 1).then_some(0)) {
        return Ok(all.swap_remove(at));
    }
    let names: Vec<&str> = all.iter().map(|workspace| workspace.name.as_str()).collect();
    let happened = match names.as_slice() {
        [] => "The database holds no company yet.".to_owned(),
        _ => format!(
            "The database holds several companies, and none is called «{name}»: {}.",
            names.join("; ")
        ),
    };
    Err(Failure::new(
        FailureCode::NotFound,
        happened,
        "Nothing was changed.",
        "Say which with `workspace` or HALYARD_WORKSPACE; `sync-server migrate` makes the first.",
    ))
}

async fn list(relay: &Relay) -> Result<Vec<Workspace>, Failure> {
    relay.workspaces().await.map_err(|error| super::answering::failed("looking for the company", &error))
}
