//! Where the relay is and how it is recognised, as people type it.

use halyard_device::protocol::code::EnrolmentCode;
use halyard_device::protocol::join::{AddressError, JoinLink, LinkError, RelayAddress};
use halyard_device::protocol::pin::Pin;

use crate::args::Enrol;
use crate::failure::Failure;
use crate::words::{Lang, Say};

/// Letters and digits of a code.
const CODE_CHARS: usize = 8;

/// The invitation of a command: its link, or address, pin and code one by one.
pub(crate) fn invitation(args: &Enrol, lang: Lang) -> Result<JoinLink, Failure> {
    let mistake = |said: Say<'_>| Failure::Usage(said.say(lang));
    if let Some(link) = &args.link {
        return link.parse().map_err(|error| match error {
            LinkError::Form => mistake(Say::WrongLink),
            LinkError::Cut => mistake(Say::CutLink),
            LinkError::Code(_) if is_cut(link) => mistake(Say::CutLink),
            LinkError::Code(_) => mistake(Say::WrongCode),
            LinkError::Address(AddressError::Form) => mistake(Say::WrongAddress { address: link }),
            LinkError::Address(AddressError::Plain) => mistake(Say::PlainAddress),
            LinkError::Pin(_) => mistake(Say::WrongPin),
        });
    }
    let code: EnrolmentCode =
        args.code.as_deref().unwrap_or_default().parse().map_err(|_| mistake(Say::WrongCode))?;
    let relay = address(args.relay.as_deref().unwrap_or_default(), lang)?;
    let pin = args.pin.as_deref().map(|typed| pin(typed, lang)).transpose()?;
    Ok(JoinLink { relay, pin, code })
}

/// The address of a relay.
pub(crate) fn address(typed: &str, lang: Lang) -> Result<RelayAddress, Failure> {
    typed.parse().map_err(|error| {
        let said = match error {
            AddressError::Form => Say::WrongAddress { address: typed },
            AddressError::Plain => Say::PlainAddress,
        };
        Failure::Usage(said.say(lang))
    })
}

/// The pin of a relay.
pub(crate) fn pin(typed: &str, lang: Lang) -> Result<Pin, Failure> {
    typed.parse().map_err(|_| Failure::Usage(Say::WrongPin.say(lang)))
}

/// Whether the code at the end of a link is shorter than codes are: the link was cut, not mistyped.
fn is_cut(link: &str) -> bool {
    let code = link.rsplit_once("code=").map_or("", |(_, code)| code);
    code.chars().filter(char::is_ascii_alphanumeric).count() < CODE_CHARS
}
