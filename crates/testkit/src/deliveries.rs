//! Documents that were asked for and made, by the thousand: what the results of a
//! hearing do, without the hearing. Each is one of its own, with one delivery.

use app::{
    App,
    ports::{Append, Expected, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    account::Organisation,
    document::{DeliveryRequest, DocumentEvent},
};
use futures::{StreamExt, TryStreamExt, stream};
use uuid::Uuid;
use vocabulary::{
    CaseId, Channel, CommandId, DefendantId, DeliveryId, DocumentId, DocumentKind, HearingId, NowId,
};

/// A delivery that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// Delivery.
    pub delivery: DeliveryId,
    /// Its document.
    pub document: DocumentId,
}

/// Asks for `count` documents, the recipients in turn; with none, for the post.
///
/// # Panics
/// If the record does not take them.
pub async fn ask_for(app: &App, recipients: &[Organisation], count: usize) -> Vec<Asked> {
    let pdf = minimal_pdf();
    let bytes = pdf.len() as u64;
    let sha256 = app.objects.put(pdf).await.expect("the PDF is kept");
    stream::iter(0..count)
        .map(|nth| {
            let recipient = recipients.get(nth % recipients.len().max(1)).cloned();
            let sha256 = sha256.clone();
            ask(app, recipient, nth, sha256, bytes)
        })
        .buffered(64)
        .try_collect()
        .await
        .expect("they are recorded")
}

/// Asks for a delivery of a document whose PDF is not among the kept files.
///
/// # Panics
/// If it cannot be recorded.
pub async fn ask_without_pdf(app: &App, recipient: Organisation) -> Asked {
    ask(app, Some(recipient), 0, "0".repeat(64), 9)
        .await
        .expect("it is recorded")
}

async fn ask(
    app: &App,
    recipient: Option<Organisation>,
    nth: usize,
    sha256: String,
    bytes: u64,
) -> Result<Asked, app::ports::Fault> {
    let fresh = Uuid::now_v7;
    let asked = Asked {
        delivery: DeliveryId(fresh()),
        document: DocumentId(fresh()),
    };
    let delivery = DeliveryRequest {
        limits: domain::now::Limits::default(),
        id: asked.delivery,
        subscription: "Prison".to_owned(),
        name: recipient
            .as_ref()
            .map_or_else(|| format!("Recipient {nth}"), |one| one.name.clone()),
        address: vec![format!("{nth} High Street"), "AM1 1AA".to_owned()],
        email: None,
        channel: match recipient {
            Some(_) => Channel::Inbox,
            None => Channel::FirstClassPost,
        },
        organisation: recipient.as_ref().map(|one| one.id),
        acknowledgement_required: false,
        urgent_minutes: None,
        carried: recipient.as_ref().is_some_and(|one| one.route.carries()),
        held: None,
    };
    let case = CaseId(fresh());
    let requested = DocumentEvent::DocumentRequested {
        document_id: asked.document,
        now: NowId(fresh()),
        name: "Warrant for custodial sentence".to_owned(),
        kind: DocumentKind::Warrant,
        hearing_id: HearingId(fresh()),
        case_id: case,
        defendant_id: DefendantId(fresh()),
        view: serde_json::json!({ "court": { "name": "Ashmere Magistrates' Court" } }),
        deliveries: vec![delivery],
        split_key: None,
        replaces: None,
        welsh: None,
        beside: Vec::new(),
    };
    let made = DocumentEvent::DocumentMade { sha256, bytes };
    app.ledger
        .append(Append {
            command: CommandId(fresh()),
            moment: Moment {
                at: app.chance.now(),
                by: Actor::Service,
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Document, asked.document.0),
                expected: Expected::New,
                key: case.0,
                events: vec![Event::Document(requested), Event::Document(made)],
            }],
            answer: serde_json::Value::Null,
        })
        .await?;
    Ok(asked)
}

/// One empty page.
fn minimal_pdf() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut pdf = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        offsets.push(pdf.len());
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = pdf.len();
    pdf.push_str("xref\n0 4\n0000000000 65535 f \n");
    for offset in offsets {
        pdf.push_str(&format!("{offset:010} 00000 n \n"));
    }
    pdf.push_str(&format!(
        "trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    ));
    pdf.into_bytes()
}
