//! The second factor: time-based codes (RFC 6238) of an authenticator, and ten recovery
//! codes for when it is lost. A code is good once. The secret is shown once, while it
//! is set up; until its first code was given, nothing is asked for.

use super::{
    code, factor_letter, letter, noted::note, proof::must_have_proved_lately, sign_in::wrong_code,
    tries::Codes,
};
use crate::{App, Caller, Error, UseCase};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    security::{
        ConfirmSecondFactor, EnrolSecondFactor, Enrolment, QrCode, RecoveryCodes,
        RemoveSecondFactor, RenewRecoveryCodes, Security,
    },
};
use domain::account::{Account, Proven, SignInStep};
use qrcode::{Color, EcLevel};
use totp_rs::{Builder, Secret, Totp};
use vocabulary::AccountId;

/// Who the codes are for, as authenticators show it.
const ISSUER: &str = "Common Platform";
/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;
/// The quiet border of a QR code, in squares (ISO/IEC 18004).
const QUIET: usize = 4;
/// How long before setting one up or taking it away the person must have proved who
/// they are, in seconds.
pub(super) const RECENT: i64 = 15 * 60;

#[async_trait]
impl UseCase for EnrolSecondFactor {
    /// Makes the secret.
    async fn answer(self, app: &App, who: &Caller) -> Result<Enrolment, Error> {
        let person = who.unlocked()?;
        must_have_proved_lately(app, person).await?;
        let account = &person.account;
        let secret = app
            .sign_ins
            .make_second_factor(account.id)
            .await?
            .ok_or_else(|| {
                Problem::new(
                    Code::Refused,
                    "You have a second factor already.",
                    "Remove it first, then set up another.",
                )
            })?;
        let typed = Secret::new_stack(secret).to_base32();
        let uri = uri(&account.email, &typed);
        Ok(Enrolment {
            qr: drawn(&uri)?,
            uri,
            secret: typed,
        })
    }
}

#[async_trait]
impl UseCase for ConfirmSecondFactor {
    /// Asks for it from now on, and gives the recovery codes.
    async fn answer(self, app: &App, who: &Caller) -> Result<RecoveryCodes, Error> {
        let person = who.unlocked()?;
        must_have_proved_lately(app, person).await?;
        let account = &person.account;
        let tries = Codes::of(account.id, &who.address, true);
        tries.admit(app, app.chance.now()).await?;
        let factor = app.sign_ins.second_factor(account.id).await?;
        let factor = factor
            .filter(|factor| factor.confirmed_at.is_none())
            .ok_or_else(|| {
                Problem::new(
                    Code::Refused,
                    "No second factor is being set up.",
                    "Begin to set one up.",
                )
            })?;
        let step = step_of(app, factor.secret, &self.code)?.ok_or_else(wrong_code)?;
        let now = app.chance.now();
        if !app.sign_ins.spend_step(account.id, step, Some(now)).await? {
            return Err(wrong_code());
        }
        tries.fits(app).await?;
        app.sign_ins.factor_is_back(account.id).await?;
        app.sign_ins.note_strong_proof(person.session, now).await?;
        let codes = first_codes(app, account.id).await?;
        // Whoever was signed in elsewhere before may not have been this person.
        app.sign_ins
            .end_other_sessions(account.id, person.session)
            .await?;
        note(app, who, account, SignInStep::AuthenticatorAdded).await?;
        letter::second_factor_added(app, account).await?;
        Ok(codes)
    }
}

#[async_trait]
impl UseCase for RenewRecoveryCodes {
    /// New codes in the place of the old.
    async fn answer(self, app: &App, who: &Caller) -> Result<RecoveryCodes, Error> {
        let person = who.unlocked()?;
        must_have_proved_lately(app, person).await?;
        if !person.proof.second_factor {
            return Err(Problem::new(
                Code::Refused,
                "You have no second factor.",
                "Set one up; its recovery codes come with it.",
            )
            .into());
        }
        let codes = new_codes(app, person.account.id).await?;
        note(app, who, &person.account, SignInStep::RecoveryCodesRenewed).await?;
        Ok(codes)
    }
}

#[async_trait]
impl UseCase for RemoveSecondFactor {
    /// From now on no code is asked for; nothing is, without a passkey.
    async fn answer(self, app: &App, who: &Caller) -> Result<Security, Error> {
        let person = who.unlocked()?;
        must_have_proved_lately(app, person).await?;
        app.sign_ins.remove_second_factor(person.account.id).await?;
        note(app, who, &person.account, SignInStep::AuthenticatorRemoved).await?;
        letter::second_factor_removed(app, &person.account).await?;
        super::devices::security(app, person).await
    }
}

/// What a code that is good now is, of the authenticator, by letter or a recovery code; it is
/// spent.
pub(super) async fn take_code(
    app: &App,
    account: &Account,
    typed: &str,
) -> Result<Option<Proven>, Error> {
    if take_shown_code(app, account.id, typed).await? {
        return Ok(Some(Proven::Code));
    }
    let Some(hash) = code::hash(typed) else {
        return Ok(None);
    };
    if factor_letter::take(app, account, &hash).await? {
        return Ok(Some(Proven::Letter));
    }
    if !app.sign_ins.spend_recovery_code(account.id, &hash).await? {
        return Ok(None);
    }
    let left = app.sign_ins.recovery_codes_left(account.id).await?;
    letter::recovery_code_used(app, account, left).await?;
    Ok(Some(Proven::RecoveryCode))
}

/// The same of the authenticator alone.
async fn take_shown_code(app: &App, account: AccountId, typed: &str) -> Result<bool, Error> {
    let factor = app.sign_ins.second_factor(account).await?;
    let Some(factor) = factor.filter(|factor| factor.confirmed_at.is_some()) else {
        return Ok(false);
    };
    match step_of(app, factor.secret, typed)? {
        Some(step) => Ok(app.sign_ins.spend_step(account, step, None).await?),
        None => Ok(false),
    }
}

/// The time step of a code, if it is one of now or of the steps beside it.
fn step_of(app: &App, secret: [u8; 20], typed: &str) -> Result<Option<i64>, Error> {
    let digits: String = typed
        .chars()
        .take(32)
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = app.chance.outside().micros() / 1_000_000;
    let seconds = u64::try_from(seconds).unwrap_or(0);
    let step = totp(secret)?.check(&digits, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

fn totp(secret: [u8; 20]) -> Result<Totp, Error> {
    Builder::new()
        .with_secret(Secret::new_stack(secret))
        .build()
        .map_err(|error| Error::Broken(format!("a second factor: {error:?}")))
}

/// Recovery codes with the first second factor, whichever it is; none if there are some.
pub(super) async fn first_codes(app: &App, account: AccountId) -> Result<RecoveryCodes, Error> {
    if app.sign_ins.recovery_codes_left(account).await? > 0 {
        return Ok(RecoveryCodes { codes: Vec::new() });
    }
    new_codes(app, account).await
}

async fn new_codes(app: &App, account: AccountId) -> Result<RecoveryCodes, Error> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| code::fresh(app)).collect();
    let hashes: Vec<String> = codes.iter().filter_map(|one| code::hash(one)).collect();
    app.sign_ins.set_recovery_codes(account, &hashes).await?;
    Ok(RecoveryCodes { codes })
}

/// The address that authenticators open (the key URI format of Google Authenticator).
fn uri(email: &str, secret: &str) -> String {
    let escaped = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    char::from(byte).to_string()
                }
                other => format!("%{other:02X}"),
            })
            .collect()
    };
    let issuer = escaped(ISSUER);
    format!(
        "otpauth://totp/{issuer}:{}?secret={secret}&issuer={issuer}",
        escaped(email)
    )
}

/// A text as a QR code.
fn drawn(text: &str) -> Result<QrCode, Error> {
    let code = qrcode::QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| Error::Broken(format!("a QR code: {error}")))?;
    let width = code.width();
    let mut path = String::new();
    for (place, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let (x, y) = (place % width + QUIET, place / width + QUIET);
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    Ok(QrCode {
        size: u32::try_from(width + 2 * QUIET).unwrap_or(u32::MAX),
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, with the last six of its eight digits.
        let secret = *b"12345678901234567890";
        let totp = totp(secret).unwrap();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp.check(code, seconds), Some(seconds / 30), "{seconds}");
            assert_eq!(totp.check(code, seconds + 30), Some(seconds / 30));
            assert_eq!(totp.check(code, seconds + 60), None);
        }
    }

    #[test]
    fn an_authenticator_is_told_whose_codes_they_are() {
        assert_eq!(
            uri("o'hara+x@court.example.test", "GEZDGNBV"),
            "otpauth://totp/Common%20Platform:o%27hara%2Bx%40court.example.test\
             ?secret=GEZDGNBV&issuer=Common%20Platform"
        );
    }

    #[test]
    fn a_qr_code_has_its_three_corners_and_its_quiet_border() {
        let code = drawn("otpauth://totp/x?secret=GEZDGNBV").unwrap();
        let far = code.size - 4 - 7;
        for (x, y) in [(4, 4), (far, 4), (4, far)] {
            assert!(code.path.contains(&format!("M{x} {y}h1v1h-1z")), "{x} {y}");
        }
        assert!(!code.path.contains("M3 "));
        assert!(!code.path.contains(&format!("M{} ", code.size - 4)));
    }
}
