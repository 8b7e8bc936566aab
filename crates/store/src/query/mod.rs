//! The index, read: what lists, searches and inboxes ask. One file a noun; the
//! port itself only names them.

pub(crate) mod access;
mod accounts;
mod candidates;
mod cases;
mod deliveries;
mod documents;
mod hearings;
mod legal_aid;
mod notices;
mod translations;

use crate::{
    Store,
    error::{broken, fault},
    keyed::Columns,
};
use app::ports::{
    Candidate, CaseSummary, CourtAlarms, CourtTranslations, DeliverySum, DeliverySummary, Fault,
    HearingSummary, Index, KeptNotice, KeptOpening, KeptWords, LegalAidMessage, ToldOfCase, Whose,
};
use async_trait::async_trait;
use domain::{
    account::{Account, Machine, Organisation},
    now::Directory,
};
use sqlx::{
    any::{AnyArguments, AnyRow},
    query::Query,
};
use std::sync::Arc;
use vocabulary::{
    AccountId, CaseId, CourtId, CourtroomId, Day, DeliveryId, DocumentId, HearingId, Instant,
    MachineId, MaterialId, OpeningId, OpeningKind, OrganisationId, Urn,
};

type Asked<'q> = Query<'q, sqlx::Any, AnyArguments>;

impl Store {
    async fn all(&self, query: Asked<'_>) -> Result<Vec<AnyRow>, Fault> {
        self.readers().all(query).await.map_err(|e| fault(&e))
    }

    async fn one(&self, query: Asked<'_>) -> Result<Option<AnyRow>, Fault> {
        self.readers().first(query).await.map_err(|e| fault(&e))
    }

    /// Ids in the first column.
    async fn ids<T>(&self, query: Asked<'_>) -> Result<Vec<T>, Fault>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        self.all(query)
            .await?
            .iter()
            .map(|row| id(row, 0))
            .collect()
    }

    /// The id in the first column of the first row.
    async fn id<T>(&self, query: Asked<'_>) -> Result<Option<T>, Fault>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        self.one(query)
            .await?
            .as_ref()
            .map(|row| id(row, 0))
            .transpose()
    }
}

/// A column as text.
pub(crate) fn text(row: &impl Columns, at: usize) -> Result<String, Fault> {
    row.text(at)
}

/// A column as a number.
pub(crate) fn number(row: &impl Columns, at: usize) -> Result<i64, Fault> {
    row.number(at)
}

/// A column as a count.
pub(crate) fn count(row: &impl Columns, at: usize) -> Result<u64, Fault> {
    u64::try_from(number(row, at)?).map_err(broken)
}

/// A column as an id or a word of a closed list.
pub(crate) fn id<T>(row: &impl Columns, at: usize) -> Result<T, Fault>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text(row, at)?.parse().map_err(broken)
}

#[async_trait]
impl Index for Store {
    async fn case_by_urn(&self, urn: &Urn) -> Result<Option<CaseId>, Fault> {
        cases::by_urn(self, urn).await
    }

    async fn cases_of(
        &self,
        organisation: OrganisationId,
        ou_code: Option<&str>,
        limit: i64,
    ) -> Result<Vec<CaseSummary>, Fault> {
        cases::of(self, organisation, ou_code, limit).await
    }

    async fn cases_at(
        &self,
        court: CourtId,
        from: Day,
        limit: i64,
    ) -> Result<Vec<CaseSummary>, Fault> {
        cases::at(self, court, from, limit).await
    }

    async fn cases_permitted(
        &self,
        account: AccountId,
        limit: i64,
    ) -> Result<Vec<CaseSummary>, Fault> {
        cases::permitted(self, account, limit).await
    }

    async fn openings(&self, of: Option<CaseId>, limit: i64) -> Result<Vec<KeptOpening>, Fault> {
        access::openings(self, of, limit).await
    }

    async fn reasons(
        &self,
        account: AccountId,
        now: Instant,
    ) -> Result<Vec<(CaseId, OpeningKind)>, Fault> {
        access::reasons(self, account, now).await
    }

    async fn sensitive_among(&self, cases: &[CaseId]) -> Result<Vec<CaseId>, Fault> {
        access::sensitive(self, cases).await
    }

    async fn opening(&self, id: OpeningId) -> Result<Option<KeptOpening>, Fault> {
        access::one(self, id).await
    }

    async fn hearings_on(&self, room: CourtroomId, day: Day) -> Result<Vec<HearingSummary>, Fault> {
        hearings::on(self, room, day).await
    }

    async fn words_left(
        &self,
        hearing: HearingId,
        cases: &[CaseId],
    ) -> Result<Vec<KeptWords>, Fault> {
        hearings::words_left(self, hearing, cases).await
    }

    async fn hearings_amended_by(&self, account: AccountId) -> Result<Vec<HearingId>, Fault> {
        hearings::amended_by(self, account).await
    }

    async fn case_of_material(&self, id: MaterialId) -> Result<Option<CaseId>, Fault> {
        cases::of_material(self, id).await
    }

    async fn documents_of_hearing(&self, hearing: HearingId) -> Result<Vec<DocumentId>, Fault> {
        documents::of_hearing(self, hearing).await
    }

    async fn deliveries_to(
        &self,
        organisation: OrganisationId,
        limit: i64,
    ) -> Result<Vec<DeliverySummary>, Fault> {
        documents::deliveries_to(self, organisation, limit).await
    }

    async fn document_of_delivery(&self, id: DeliveryId) -> Result<Option<DocumentId>, Fault> {
        documents::of_delivery(self, id).await
    }

    async fn documents_to_make(&self, limit: i64) -> Result<Vec<DocumentId>, Fault> {
        documents::to_make(self, limit).await
    }

    async fn documents_to_deliver(&self, limit: i64) -> Result<Vec<DocumentId>, Fault> {
        documents::to_deliver(self, limit).await
    }

    async fn notices(
        &self,
        account: AccountId,
        on: Day,
        limit: i64,
    ) -> Result<Vec<KeptNotice>, Fault> {
        notices::of(self, account, on, limit).await
    }

    async fn unread_notices(&self, account: AccountId, on: Day) -> Result<u64, Fault> {
        notices::unread(self, account, on).await
    }

    async fn told_of_sensitive(
        &self,
        account: AccountId,
        on: Day,
    ) -> Result<Vec<ToldOfCase>, Fault> {
        notices::of_sensitive(self, account, on).await
    }

    async fn cases_granted(
        &self,
        account: AccountId,
        on: Day,
        limit: i64,
    ) -> Result<Vec<CaseSummary>, Fault> {
        cases::granted(self, account, on, limit).await
    }

    async fn cases_barred(&self, who: (AccountId, OrganisationId)) -> Result<Vec<CaseId>, Fault> {
        cases::barred(self, who).await
    }

    async fn cases_instructed(
        &self,
        chambers: OrganisationId,
        limit: i64,
    ) -> Result<Vec<CaseSummary>, Fault> {
        cases::instructed(self, chambers, limit).await
    }

    async fn candidates_by_reference(&self, urns: &[Urn]) -> Result<Vec<Candidate>, Fault> {
        candidates::by_reference(self, urns).await
    }

    async fn candidates_by_name(
        &self,
        day: Day,
        sounds: &[String],
    ) -> Result<Vec<Candidate>, Fault> {
        candidates::by_name(self, day, sounds).await
    }

    async fn acts_in(
        &self,
        who: (AccountId, OrganisationId),
        on: Day,
        among: &[CaseId],
    ) -> Result<Vec<CaseId>, Fault> {
        cases::acts_in(self, who, on, among).await
    }

    async fn legal_aid_messages(
        &self,
        before: Option<u64>,
        limit: i64,
    ) -> Result<Vec<LegalAidMessage>, Fault> {
        legal_aid::messages(self, before, limit).await
    }

    async fn cases_awaiting_firms(&self, limit: i64) -> Result<Vec<CaseId>, Fault> {
        legal_aid::awaiting(self, limit).await
    }

    async fn account_by_email(&self, email: &str) -> Result<Option<Account>, Fault> {
        accounts::by_email(self, email).await
    }

    async fn account(&self, id: AccountId) -> Result<Option<Account>, Fault> {
        accounts::account(self, id).await
    }

    async fn accounts_of(&self, organisation: OrganisationId) -> Result<Vec<Account>, Fault> {
        accounts::of(self, organisation).await
    }

    async fn accounts(&self) -> Result<Vec<Account>, Fault> {
        accounts::accounts(self).await
    }

    async fn organisation(&self, id: OrganisationId) -> Result<Option<Organisation>, Fault> {
        accounts::organisation(self, id).await
    }

    async fn organisations(&self) -> Result<Vec<Organisation>, Fault> {
        accounts::organisations(self).await
    }

    async fn alarms_of(
        &self,
        court: CourtId,
        now: Instant,
        limit: i64,
    ) -> Result<CourtAlarms, Fault> {
        deliveries::alarms_of(self, court, now, limit).await
    }

    async fn translations_of(
        &self,
        court: CourtId,
        limit: i64,
    ) -> Result<CourtTranslations, Fault> {
        translations::of_court(self, court, limit).await
    }

    async fn alarm_figures(&self, now: Instant) -> Result<(u64, Option<Instant>), Fault> {
        deliveries::alarm_figures(self, now).await
    }

    async fn alarms_since(
        &self,
        after: Instant,
        until: Instant,
    ) -> Result<Vec<(HearingId, CourtId)>, Fault> {
        deliveries::alarms_since(self, after, until).await
    }

    async fn deliveries_added_up(
        &self,
        whose: Whose,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<DeliverySum>, Fault> {
        deliveries::added_up(self, whose, from, to).await
    }

    async fn deliveries_outstanding(
        &self,
        whose: Whose,
        from: Instant,
        to: Instant,
        limit: i64,
    ) -> Result<Vec<DeliverySummary>, Fault> {
        deliveries::outstanding(self, whose, (from, to), limit).await
    }

    async fn directory(&self) -> Result<Arc<Directory>, Fault> {
        accounts::directory(self).await
    }

    async fn machine(&self, id: MachineId) -> Result<Option<Machine>, Fault> {
        accounts::machine(self, id).await
    }

    async fn machines(&self) -> Result<Vec<Machine>, Fault> {
        accounts::machines(self).await
    }
}
