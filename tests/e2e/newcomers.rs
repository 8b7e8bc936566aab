//! A firm's first two people, in the real window: the partner takes the account on with the link
//! that a real mail server brought, invites a colleague, and the colleague does the same and works.
//! How the firm registers and is validated is driven in `joining.rs`.

use crate::{
    harness::Trouble,
    path::{Journey, told},
};
use contract::organisation::{Queue, Register, Said, Terms, Validate};
use server::config::SmtpTls;
use std::time::Duration;
use testkit::{MailServer, TestCourt};
use thirtyfour::Key;
use vocabulary::OrganisationKind;

const FIRM: &str = "Pryce Adeyemi LLP";
const PARTNER: &str = "bola@pryceadeyemi.example.test";
const COLLEAGUE: &str = "gita@pryceadeyemi.example.test";
const CHOSEN: &str = "three fictional words";

/// A court whose mail a real server takes.
pub(crate) async fn court(mail: &MailServer) -> TestCourt {
    let mut court = TestCourt::open().await;
    court.config.smtp_host = Some("127.0.0.1".to_owned());
    court.config.smtp_port = Some(mail.port());
    court.config.smtp_tls = SmtpTls::None;
    court.config.mail_from = Some("Common Platform <accounts@court.example.test>".to_owned());
    court.restarted().await
}

pub(crate) async fn walk(
    journey: &Journey,
    court: &TestCourt,
    mail: &MailServer,
) -> Result<(), Trouble> {
    let window = &journey.window;
    joins(court).await?;
    window.find("[data-test='sign-in-email']").await?;
    activates(
        journey,
        &link(mail, PARTNER).await?,
        "newcomers-1-activation",
    )
    .await?;
    signs_in(journey, PARTNER).await?;

    // Who administers a new firm begins where colleagues are invited, and is told so.
    window.find("[data-test='nobody-works']").await?;
    window.click("[data-test='help-open']").await?;
    window.find("[data-test='help-text']").await?;
    journey.picture("newcomers-2-help").await?;
    window.click("[data-test='help-close']").await?;
    window.click("[data-test='invite']").await?;
    for (field, text) in [
        ("invite-name", "Gita Rowe"),
        ("invite-email", COLLEAGUE),
        ("invite-role", "Solicitor"),
    ] {
        window
            .type_into(&format!("[data-test='{field}']"), text)
            .await?;
    }
    window
        .find("[data-test='group-Defence Lawyers']")
        .await?
        .send_keys(" ")
        .await?;
    journey.picture("newcomers-2-a-joiner").await?;
    window.click("[data-test='send-invitation']").await?;
    let row = format!("[data-test='person-row'][data-email='{COLLEAGUE}']");
    window
        .find(&format!("{row}[data-standing='invited']"))
        .await?;
    journey.picture("newcomers-3-the-people").await?;
    // Nobody but the colleague has the link where there is mail.
    if !window
        .all(&format!("{row} [data-test='show-link']"))
        .await?
        .is_empty()
    {
        return Err(Trouble("the link of somebody else is offered".to_owned()));
    }
    journey.sign_out().await?;

    let link = link(mail, COLLEAGUE).await?;
    activates(journey, &link, "newcomers-4-a-colleague-activates").await?;
    signs_in(journey, COLLEAGUE).await?;
    window.click("[data-test='nav-cases']").await?;
    window.find("[data-test='find-reference']").await?;
    journey.picture("newcomers-5-the-colleague-works").await?;
    journey.sign_out().await?;

    // The link was good once.
    window.click("[data-test='to-activate']").await?;
    window
        .type_into("[data-test='activation-code']", &link)
        .await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='problem']").await?;
    Ok(())
}

/// The firm registers, and HMCTS staff validate it.
async fn joins(court: &TestCourt) -> Result<(), Trouble> {
    let stranger = court.stranger();
    let terms = stranger.organisation_terms(&Terms {}).await.map_err(told)?;
    let said = Said {
        kind: OrganisationKind::DefenceFirm,
        name: FIRM.to_owned(),
        address: vec!["8 Weir Street".to_owned(), "Ashmere".to_owned()],
        postcode: "AM2 7PA".to_owned(),
        email: "office@pryceadeyemi.example.test".to_owned(),
        phone: "01632 960001".to_owned(),
        laa_contracts: vec!["0A123B".to_owned()],
        regulator_number: Some("612345".to_owned()),
        ou_code: None,
        sole_practitioner: false,
        jurisdiction: None,
        local_justice_area: None,
        courtrooms: 0,
        accountable_name: "Bola Adeyemi".to_owned(),
        accountable_email: PARTNER.to_owned(),
        accountable_role: "Partner".to_owned(),
        terms: terms.version,
    };
    let registered = stranger
        .organisation_register(&Register { said })
        .await
        .map_err(told)?;
    if !registered.wrong.is_empty() {
        return Err(Trouble(format!("not registered: {:?}", registered.wrong)));
    }
    let staff = court.as_administrator().await;
    let queue = staff.organisation_queue(&Queue {}).await.map_err(told)?;
    let organisation_id = queue.items[0].organisation_id;
    let validate = Validate { organisation_id };
    staff.organisation_validate(&validate).await.map_err(told)?;
    Ok(())
}

/// The link in the mail to an address, as it stands there.
async fn link(mail: &MailServer, to: &str) -> Result<String, Trouble> {
    let to = format!("To: {to}");
    for _ in 0..300 {
        let messages = mail.messages().into_iter().filter(|one| one.contains(&to));
        let mut links = messages.filter_map(|message| {
            // A long line is broken with a `=` at its end, and `#` and `=` are written out.
            let text = message
                .replace("=\r\n", "")
                .replace("=\n", "")
                .replace("=3D", "=");
            let words = text.split_whitespace();
            let mut links = words.filter(|word| word.contains("/activate#"));
            links.next().map(str::to_owned)
        });
        if let Some(link) = links.next_back() {
            return Ok(link);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(Trouble(format!("no mail came, {to}")))
}

async fn activates(journey: &Journey, link: &str, picture: &str) -> Result<(), Trouble> {
    let window = &journey.window;
    window.click("[data-test='to-activate']").await?;
    window
        .type_into("[data-test='activation-code']", link)
        .await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='invitation']").await?;
    window
        .type_into("[data-test='new-password']", CHOSEN)
        .await?;
    window
        .find("[data-test='accept-terms']")
        .await?
        .send_keys(" ")
        .await?;
    journey.picture(picture).await?;
    window.click("[data-test='activate']").await?;
    window.find("[data-test='activated']").await?;
    window.click("[data-test='back-to-sign-in']").await
}

async fn signs_in(journey: &Journey, email: &str) -> Result<(), Trouble> {
    let window = &journey.window;
    window
        .type_into("[data-test='sign-in-email']", email)
        .await?;
    window
        .type_into("[data-test='sign-in-password']", CHOSEN)
        .await?;
    window.press(Key::Enter).await?;
    window.find("[data-test='person']").await?;
    Ok(())
}
