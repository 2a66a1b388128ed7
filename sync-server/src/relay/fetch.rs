//! Documents by id, whole.

use halyard_protocol::fetch::{FetchAnswer, FetchRequest};
use halyard_protocol::limits::FETCH_DOCUMENTS;
use halyard_protocol::page::page_bytes;

use super::{Caller, Relay, RelayError};

impl Relay {
    /// Brings documents within the caller's sight; unknown and forbidden ones are named alike.
    ///
    /// # Errors
    /// When too many are asked for, or storage fails.
    pub async fn fetch(&self, caller: Caller, request: FetchRequest) -> Result<FetchAnswer, RelayError> {
        if request.documents.len() > FETCH_DOCUMENTS {
            return Err(RelayError::TooMuch);
        }
        let reader = caller.reader();
        let moment = self.moment(reader, None).await?;
        moment.gives_out()?;
        let most = page_bytes(request.max_bytes);
        let brought = self.storage.bring(reader, request.documents, most).await?;
        let brought = brought.ok_or(RelayError::UnknownWorkspace)?;
        Ok(FetchAnswer {
            epoch: moment.workspace.epoch,
            entries: brought.entries,
            unknown: brought.unknown,
            rest: brought.rest,
            position: moment.workspace.head,
            me: moment.me(caller, None)?,
        })
    }
}
