//! Results typed in the grammar: what is understood is what is saved and shared.

use crate::steps::{all_guilty, look, path_case, save, share, start};
use contract::{
    Code,
    hearing::{HearingView, Line},
    result::{Definition, FieldKind, How, Parse, Parsed, Piece},
};
use testkit::TestCourt;
use vocabulary::{DefendantId, ResultLineId};

fn typed(view: &HearingView, offence: usize, text: &str, lines: &[Line]) -> Parse {
    let defendant = &view.defendants[0];
    Parse {
        hearing_id: view.hearing_id,
        defendant_id: defendant.defendant_id,
        offence_id: Some(defendant.offences[offence].offence_id),
        text: text.to_owned(),
        caret: None,
        lines: lines.to_vec(),
    }
}

/// The lines that the window makes of what was understood.
fn lines(view: &HearingView, offence: usize, parsed: &Parsed) -> Vec<Line> {
    let defendant = &view.defendants[0];
    let id = |at: usize| {
        let name = format!("typed {offence} {at}");
        ResultLineId::derived(&defendant.defendant_id.0, &name)
    };
    let line = |(at, piece): (usize, &Piece)| Line {
        line_id: id(at),
        definition_id: piece.definition.as_ref().unwrap().definition_id,
        defendant_id: defendant.defendant_id,
        offence_id: (!piece.once).then(|| defendant.offences[offence].offence_id),
        parent: piece.under.as_ref().and_then(|under| {
            let piece = under.piece.map(|at| id(usize::try_from(at).unwrap()));
            under.line_id.or(piece)
        }),
        answers: piece
            .given
            .iter()
            .flat_map(|given| given.answers.clone())
            .collect(),
    };
    parsed.pieces.iter().enumerate().map(line).collect()
}

#[tokio::test]
async fn a_sentence_typed_in_one_line_is_shared_as_it_was_understood() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    start(&adviser, hearing_id).await;
    all_guilty(&adviser, hearing_id).await;
    let view = look(&adviser, hearing_id).await;

    let mut all = Vec::new();
    for offence in 0..view.defendants[0].offences.len() {
        let text = if offence == 0 {
            "FO 250; FCPC 85; FVS 100; COLLO 28d"
        } else {
            "dism"
        };
        let parsed = adviser
            .result_parse(&typed(&view, offence, text, &all))
            .await
            .unwrap();
        for piece in &parsed.pieces {
            assert!(piece.definition.is_some() && piece.exact, "{piece:?}");
            assert!(piece.missing.is_empty(), "{piece:?}");
            assert!(piece.unread.is_empty(), "{piece:?}");
        }
        all.extend(lines(&view, offence, &parsed));
    }
    let draft = save(&adviser, hearing_id, 0, all).await;
    assert!(draft.readiness.ready, "{:?}", draft.readiness);
    let shared = share(&adviser, &look(&adviser, hearing_id).await, &draft).await;
    assert!(shared.documents > 0);
    let view = look(&adviser, hearing_id).await;
    let texts: Vec<_> = view
        .shared
        .unwrap()
        .lines
        .into_iter()
        .map(|own| own.text)
        .collect();
    assert!(
        texts.contains(&"Fine\nAmount of fine: £250.00".to_owned()),
        "{texts:?}"
    );
}

#[tokio::test]
async fn courts_and_teams_are_known_by_the_beginnings_of_their_names() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let view = look(&adviser, hearing_id).await;
    let text = "NHMC +28d 10:00 30m here, Trial; COEW 12m PROV here, Ashmere Probation; TIMP 9m Fallowdene";
    let parsed = adviser
        .result_parse(&typed(&view, 0, text, &[]))
        .await
        .unwrap();
    let known = |at: usize| -> Vec<&str> {
        let given = parsed.pieces[at].given.iter();
        let known = given.filter(|own| own.how == How::Known);
        known.map(|own| own.shown.as_str()).collect()
    };
    let here = view.court.split(", ").next().unwrap();
    assert!(known(0)[0].starts_with(here), "{:?}", parsed.pieces[0]);
    assert!(
        parsed.pieces[0].missing.is_empty(),
        "{:?}",
        parsed.pieces[0]
    );
    assert!(known(1).contains(&here), "{:?}", parsed.pieces[1]);
    assert!(
        known(1)
            .iter()
            .any(|own| own.starts_with("Ashmere Probation"))
    );
    assert!(known(2)[0].starts_with("HMP Fallowdene"));
    // The defendant's own home is known too, and only on request.
    let parsed = adviser
        .result_parse(&typed(&view, 0, "PORR3 home", &[]))
        .await
        .unwrap();
    assert!(!parsed.pieces[0].given.is_empty());
    assert_eq!(parsed.pieces[0].given[0].how, How::Known);
}

#[tokio::test]
async fn positions_are_counted_as_the_window_counts_them() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let view = look(&adviser, hearing_id).await;
    let text = "\u{1f600} é; fo 250 ç";
    let parsed = adviser
        .result_parse(&typed(&view, 0, text, &[]))
        .await
        .unwrap();
    let fine = &parsed.pieces[1];
    assert_eq!((fine.start, fine.name_end, fine.end), (6, 8, 14));
    assert_eq!((fine.unread[0].start, fine.unread[0].end), (13, 14));
}

#[tokio::test]
async fn only_who_may_type_results_may_ask_and_only_about_who_is_before_the_court() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let view = look(&adviser, hearing_id).await;
    let asking = typed(&view, 0, "fo 250", &[]);

    let refused = court
        .as_defence()
        .await
        .result_parse(&asking)
        .await
        .unwrap_err();
    assert!(
        matches!(refused.code, Code::NotPermitted | Code::NotFound),
        "{refused:?}"
    );

    let stranger = Parse {
        defendant_id: DefendantId(uuid::Uuid::now_v7()),
        ..asking.clone()
    };
    let refused = adviser.result_parse(&stranger).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);

    let pasted = Parse {
        text: "fo 250; ".repeat(2_000),
        ..asking
    };
    let refused = adviser.result_parse(&pasted).await.unwrap_err();
    assert_eq!(refused.code, Code::BadRequest);
    assert!(!refused.hint.is_empty());
}

#[tokio::test]
async fn a_condition_goes_under_the_bail_that_was_typed_before() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let view = look(&adviser, hearing_id).await;
    let bail = adviser
        .result_parse(&typed(&view, 0, "RC not excused TEA", &[]))
        .await
        .unwrap();
    let bail = lines(&view, 0, &bail);
    let condition = adviser
        .result_parse(&typed(&view, 0, "curfew 1900-0700", &bail))
        .await
        .unwrap();
    let piece = &condition.pieces[0];
    assert_eq!(piece.definition.as_ref().unwrap().code, "PORCU1");
    assert_eq!(piece.under.as_ref().unwrap().line_id, Some(bail[0].line_id));
}

#[tokio::test]
async fn where_the_source_has_no_list_the_window_offers_one_and_takes_other_words() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let results = &court.state.app.catalogue.results;
    for (code, reference, offered, not) in [
        (
            "COEW",
            "supervisingCourt",
            "Ashmere Magistrates' Court",
            "Rutland",
        ),
        (
            "SDO",
            "supervisingCourt",
            "Ashmere Magistrates' Court",
            "Rutland",
        ),
        (
            "REVU",
            "originalCourt",
            "Ashmere Magistrates' Court",
            "Rutland",
        ),
        (
            "RIBA48",
            "crownCourtName",
            "Ashmere Crown Court",
            "Ashmere Magistrates' Court",
        ),
        (
            "YDDLAA",
            "courtWhichOrderedTheRemand",
            "Ashmere Magistrates' Court",
            "Rutland",
        ),
        (
            "REMIL",
            "nameOfLocalAuthority",
            "Rutland",
            "Ashmere Magistrates' Court",
        ),
        (
            "RILAB",
            "nameOfLocalAuthority",
            "Rutland",
            "Ashmere Magistrates' Court",
        ),
        (
            "VT",
            "reasonForVacatingTrial",
            "Defence witness not able to attend trial",
            "Rutland",
        ),
    ] {
        let definition = results.by_code(code, court.today()).expect(code);
        let asked = Definition {
            hearing_id,
            definition_id: definition.id,
        };
        let view = adviser.result_definition(&asked).await.unwrap();
        let field = view.fields.iter().find(|own| own.reference == reference);
        let field = field.unwrap_or_else(|| panic!("{code} does not ask {reference}"));
        assert_eq!(field.kind, FieldKind::ListOther, "{code}");
        let has = |label: &str| field.items.iter().any(|item| item.label == label);
        assert!(has(offered), "{code}: {:?}", field.items);
        assert!(!has(not), "{code}: {:?}", field.items);
        let other = domain::result::read(definition.field(reference).unwrap(), "Somewhere Else");
        assert_eq!(other.unwrap(), "Somewhere Else", "{code}");
    }
}
