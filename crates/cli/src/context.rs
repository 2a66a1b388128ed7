//! What every command works with: the open device, the language, the form of the answer.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use halyard_device::domain::kind::Kind;
use halyard_device::domain::record::Withdrawal;
use halyard_device::domain::records;
use halyard_device::store::profile::{self, OpenError, Opened};
use halyard_device::store::{KeyError, Store, StoreError, Unlock};
use halyard_device::{Device, Named, ThisMachine, place};

use crate::args::Common;
use crate::clock::ThisWall;
use crate::failure::Failure;
use crate::parse::{Links, Parsed, Reader, several_records};
use crate::passphrase;
use crate::render::{Renderer, distinction, moment};
use crate::words::{Lang, Say};

/// An open device and how to answer.
pub(crate) struct Context {
    /// The device; shared with the background of a sync.
    pub(crate) device: Arc<Device>,
    /// The profile folder.
    pub(crate) folder: PathBuf,
    /// The language of the answer.
    pub(crate) lang: Lang,
    /// Whether programs read it.
    pub(crate) json: bool,
    /// Whether no passphrase protects the data.
    pub(crate) is_demo: bool,
}

impl Context {
    /// Opens the profile that is there.
    pub(crate) fn open(common: &Common, lang: Lang) -> Result<Self, Failure> {
        let folder = folder(common, lang)?;
        let (opened, is_demo) = open_profile(&folder, lang)?;
        let store = match opened {
            Opened::Fresh(store) | Opened::Ready(store) => store,
            Opened::Damaged(damaged) => return Err(Failure::damaged(&damaged, lang)),
        };
        Self::on(store, folder, lang, common.json, is_demo)
    }

    /// A device on an opened database.
    pub(crate) fn on(
        store: Store,
        folder: PathBuf,
        lang: Lang,
        json: bool,
        is_demo: bool,
    ) -> Result<Self, Failure> {
        let device = Arc::new(Device::on(store, Box::new(ThisMachine))?);
        Ok(Self { device, folder, lang, json, is_demo })
    }

    /// Reads typed values on this device.
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader { links: self, wall: &ThisWall, lang: self.lang }
    }

    /// Says values of this device.
    pub(crate) fn renderer(&self) -> Renderer<'_> {
        Renderer::new(&self.device, self.lang)
    }

    /// The one record that `text` names: a standing one with this number or name, else a withdrawn one,
    /// else one with these words. A whole name is never taken for words of another record.
    pub(crate) fn record(&self, text: &str) -> Parsed<Named> {
        let mut found = self.device.find_exactly(text, Kind::ALL)?;
        if found.is_empty() {
            found = self.device.find_withdrawn(text, Kind::ALL)?;
        }
        if found.is_empty() {
            found = self.device.find(text, Kind::ALL)?;
        }
        self.only(text, found)
    }

    /// The one record that `text` names, to be brought back: withdrawn ones and duplicates come first.
    pub(crate) fn withdrawn(&self, text: &str) -> Parsed<Named> {
        match self.device.find_withdrawn(text, Kind::ALL)? {
            none if none.is_empty() => self.record(text),
            found => self.only(text, found),
        }
    }

    fn only(&self, text: &str, found: Vec<Named>) -> Parsed<Named> {
        match found.as_slice() {
            [] => Err(Failure::refused("no_such_record", &Say::NoSuchRecord { what: text }, self.lang)),
            [only] => Ok(only.clone()),
            _ => Err(several_records(text, &self.distinguished(found)?, self.lang)),
        }
    }

    /// Records of which one is to be chosen: people with what tells them apart.
    fn distinguished(&self, found: Vec<Named>) -> Parsed<Vec<Named>> {
        let told = found.into_iter().map(|one| {
            let is_person = one.kind == Kind::Employee;
            let title = if is_person { distinction(&self.device, one.document)? } else { one.title };
            Ok(Named { title, ..one })
        });
        told.collect()
    }

    /// The one record that `text` names, to be written in: what was withdrawn is told instead.
    pub(crate) fn standing(&self, text: &str) -> Parsed<Named> {
        let named = self.record(text)?;
        let reading = self.device.show(named.document)?.reading;
        let id = named.document.to_string();
        let (label, renderer) = (named.label.as_str(), self.renderer());
        if let Some(survivor) = self.device.duplicate_of(named.document, &reading)? {
            let survivor = renderer.name(survivor)?;
            let said = Say::IsDuplicate { label, survivor: &survivor, id: &id };
            return Err(Failure::refused("duplicate", &said, self.lang));
        }
        let Some(Withdrawal { by, at, why }) = records::Common::read(&reading).withdrawn else {
            return Ok(named);
        };
        let (who, when) = (renderer.name(by)?, moment(at, self.lang));
        let said = Say::IsWithdrawn { label, who: &who, when: &when, why: &why, id: &id };
        Err(Failure::refused("withdrawn", &said, self.lang))
    }
}

impl Links for Context {
    fn find(&self, text: &str, kind: Kind) -> Parsed<Vec<Named>> {
        self.distinguished(self.device.find(text, &[kind])?)
    }
}

/// The profile folder: the one named, the one in the environment, or the system's.
pub(crate) fn folder(common: &Common, lang: Lang) -> Result<PathBuf, Failure> {
    let folder = place::folder(common.profile.clone());
    folder.ok_or_else(|| Failure::refused("no_data_folder", &Say::NoDataFolder, lang))
}

/// Opens the profile in a folder, by its passphrase when it has one. Makes nothing.
pub(crate) fn open_profile(folder: &Path, lang: Lang) -> Result<(Opened, bool), Failure> {
    if !profile::is_there(folder).map_err(StoreError::File)? {
        let path = folder.display().to_string();
        return Err(Failure::refused("no_profile", &Say::NoProfile { path: &path }, lang));
    }
    match profile::open(folder, &Unlock::DemoKeyFile) {
        Err(OpenError::Key(KeyError::NeedsPassphrase)) => {
            let unlock = Unlock::Passphrase(passphrase::known(lang)?);
            Ok((profile::open(folder, &unlock)?, false))
        }
        other => Ok((other?, true)),
    }
}
