//! Who works here: their roles, and the end of their rights.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::rights::Access;

use super::administrators::Taken;
use super::answering::{Office, failed, people_failed};
use super::failure::{Failure, FailureCode};
use super::names::{self, Named};
use super::question::{Answer, PersonLine};

impl Office<'_> {
    /// Everybody with the roles they hold.
    pub(super) async fn list_people(&self) -> Result<Answer, Failure> {
        self.everybody().await.map(Answer::People)
    }

    /// A line for everybody.
    pub(super) async fn everybody(&self) -> Result<Vec<PersonLine>, Failure> {
        let mut lines = Vec::new();
        for person in self.people().await?.everybody() {
            lines.push(self.person_line(person).await?);
        }
        Ok(lines)
    }

    /// Gives somebody exactly these roles.
    pub(super) async fn give_roles(
        &self,
        asked: &str,
        roles: &[String],
        sure: bool,
    ) -> Result<Answer, Failure> {
        let records = self.records(Kind::Role).await?;
        let roles =
            roles.iter().map(|role| names::find_role(&records, role)).collect::<Result<Vec<_>, _>>()?;
        let person = self.people().await?.find(asked)?;
        if !gives_administration(&records, &roles) {
            self.stays_administered(Taken::Person(person.id), sure).await?;
        }
        self.relay.set_roles(self.id(), person.id, &roles).await.map_err(people_failed)?;
        tracing::info!(employee.id = %person.id, "roles were given");
        Ok(Answer::PersonChanged(self.person_line(&person).await?))
    }

    /// Ends somebody's rights.
    pub(super) async fn dismiss(&self, asked: &str, sure: bool) -> Result<Answer, Failure> {
        let person = self.people().await?.find(asked)?;
        if self.person_line(&person).await?.dismissed {
            return Err(Failure::new(
                FailureCode::Refused,
                format!("{} was dismissed already.", person.name),
                "Nothing was changed.",
                "There is nothing to do. `sync-server people roles` gives roles, and with them rights, again.",
            ));
        }
        self.stays_administered(Taken::Person(person.id), sure).await?;
        self.relay.dismiss(self.id(), person.id).await.map_err(people_failed)?;
        tracing::info!(employee.id = %person.id, "somebody was dismissed");
        Ok(Answer::PersonChanged(self.person_line(&person).await?))
    }

    async fn person_line(&self, person: &Named) -> Result<PersonLine, Failure> {
        let known = self.relay.person(self.id(), person.id).await;
        let known = known.map_err(|error| failed("reading an employee's rights", &error))?;
        let records = self.records(Kind::Role).await?;
        let name = |id: &DocumentId| names::role_called(&records, *id);
        Ok(PersonLine {
            employee: person.id.to_string(),
            name: person.name.clone(),
            roles: known.roles.iter().map(name).collect(),
            dismissed: known.rights.dismissed,
            withdrawn: person.withdrawn,
        })
    }
}

fn gives_administration(records: &[(DocumentId, Reading)], given: &[DocumentId]) -> bool {
    let mut given = records.iter().filter(|(id, _)| given.contains(id));
    given.any(|(id, role)| Access::of_role(*id, role).administers())
}
