use super::*;

const NOW: UnixMs = UnixMs(1_700_000_000_000);
const PULL: (&str, &str, Option<&str>) = ("POST", "/v1/sync/pull", None);

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn device() -> DeviceId {
    DeviceId::made_by_rule("tablet")
}

fn workspace() -> WorkspaceId {
    WorkspaceId::made_by_rule("office")
}

/// Sends a request through [`sign`] and back through [`read`] and [`Claim::verify`], altered on the way.
fn check(alter: impl Fn(&mut Sent), expected: Result<(), Refused>) {
    let text = workspace().to_string();
    let mut sent = Sent {
        method: "POST".to_owned(),
        path: "/v1/review/ab".to_owned(),
        query: Some("after=1&x=%20".to_owned()),
        workspace: Some(text),
        headers: sign(
            &key(),
            device(),
            NOW,
            ("POST", "/v1/review/ab", Some("after=1&x=%20")),
            Some(workspace()),
            b"body",
        ),
        now: NOW,
    };
    alter(&mut sent);
    let request = Request {
        method: &sent.method,
        path: &sent.path,
        query: sent.query.as_deref(),
        workspace: sent.workspace.as_deref(),
        content_digest: &sent.headers.content_digest,
    };
    let answer = read(&request, &sent.headers.signature_input, &sent.headers.signature)
        .and_then(|claim| claim.verify(&PublicKey::of(&key()), sent.now));
    assert_eq!(answer, expected);
}

struct Sent {
    method: String,
    path: String,
    query: Option<String>,
    workspace: Option<String>,
    headers: SignedHeaders,
    now: UnixMs,
}

#[test]
fn a_signed_request_is_taken() {
    check(|_| (), Ok(()));
}

/// The example of docs/SYNC.md, which others write clients from.
#[test]
fn a_pull_is_signed_as_the_page_shows() {
    let device = "5b46d28b-252a-5990-b0f0-a24707d881c4".parse().unwrap();
    let workspace = "653fba49-07f4-5148-ad19-1b51fc7c786c".parse().unwrap();
    let headers = sign(&SigningKey::from_bytes(&[1; 32]), device, NOW, PULL, Some(workspace), &[0xa0]);
    assert_eq!(headers.content_digest, "sha-256=:wZp5f6H9WQzS5bQtHPXyRuKbkWhOL4dAS4HcNFx6VqA=:");
    assert_eq!(
        headers.signature,
        "halyard=:TZdhUZg3l9kPuDql1KA6iM4k2RijB3ZeGj19a4MAAfKBV/TFr21Mmpt8U/jYF+LF4NbJkVa2vtNkWswIL11xDw==:"
    );
}

#[test]
fn nothing_that_is_signed_can_be_altered() {
    check(|sent| sent.method = "DELETE".to_owned(), Err(Refused::Wrong));
    check(|sent| sent.path = "/v1/review/ac".to_owned(), Err(Refused::Wrong));
    check(|sent| sent.query = Some("after=2".to_owned()), Err(Refused::Wrong));
    check(|sent| sent.query = None, Err(Refused::Missing));
    check(|sent| sent.headers.content_digest = content_digest(b"other"), Err(Refused::Wrong));
    let elsewhere = || WorkspaceId::made_by_rule("elsewhere").to_string();
    check(|sent| sent.workspace = Some(elsewhere()), Err(Refused::Wrong));
    check(|sent| sent.workspace = None, Err(Refused::Missing));
    let later = |sent: &mut Sent| {
        let text = sent.headers.signature_input.replace("created=1700000000", "created=1700000001");
        assert_ne!(text, sent.headers.signature_input);
        sent.headers.signature_input = text;
    };
    check(later, Err(Refused::Wrong));
}

#[test]
fn fewer_or_reordered_components_are_not_a_signature() {
    for (from, to) in
        [("\"@method\" ", ""), ("\"@method\" \"@path\"", "\"@path\" \"@method\""), ("halyard=", "other=")]
    {
        check(
            |sent| {
                let text = sent.headers.signature_input.replace(from, to);
                assert_ne!(text, sent.headers.signature_input);
                sent.headers.signature_input = text;
            },
            Err(Refused::Missing),
        );
    }
}

#[test]
fn a_request_from_another_time_is_answered_with_the_relays_time() {
    for (seconds, taken) in [(-121, false), (-120, true), (120, true), (121, false), (31_536_000, false)] {
        let now = NOW.plus_ms(seconds * 1000);
        let expected = if taken { Ok(()) } else { Err(Refused::Skewed { now }) };
        check(|sent| sent.now = now, expected);
    }
}

#[test]
fn a_stranger_is_not_told_the_time() {
    let headers = sign(&SigningKey::from_bytes(&[9; 32]), device(), NOW, PULL, None, b"");
    let (method, path, query) = PULL;
    let request = Request { method, path, query, workspace: None, content_digest: &headers.content_digest };
    let claim = read(&request, &headers.signature_input, &headers.signature).unwrap();
    assert_eq!(claim.device, device());
    let much_later = NOW.plus_ms(1 << 40);
    assert_eq!(claim.verify(&PublicKey::of(&key()), much_later), Err(Refused::Wrong));
}

#[test]
fn a_digest_belongs_to_one_body() {
    // RFC 9530, appendix B.1 in its SHA-256 form.
    let header = content_digest(b"{\"hello\": \"world\"}\n");
    assert_eq!(header, "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
    assert!(digest_matches(&header, b"{\"hello\": \"world\"}\n"));
    assert!(!digest_matches(&header, b"{\"hello\": \"world\"}"));
}

#[test]
fn the_ed25519_vector_of_rfc_9421_b_2_6_holds() {
    let components = [
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("@method", "POST"),
        ("@path", "/foo"),
        ("@authority", "example.com"),
        ("content-type", "application/json"),
        ("content-length", "18"),
    ];
    let input = parse_signature_input(
        "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")\
         ;created=1618884473;keyid=\"test-key-ed25519\"",
    )
    .unwrap();
    assert_eq!((input.created, input.keyid.as_str()), (1_618_884_473, "test-key-ed25519"));
    assert!(input.components.iter().eq(components.iter().map(|(name, _)| name)));
    let base = signature_base(&components, &input.parameters);
    let (label, signature) = parse_signature(
        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
    )
    .unwrap();
    assert_eq!(label, "sig-b26");
    // The public key of B.1.4, from its JWK.
    let key = base64::Engine::decode(
        &base64::engine::general_purpose::URL_SAFE_NO_PAD,
        "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs",
    )
    .unwrap();
    assert_eq!(PublicKey::from_slice(&key).unwrap().verify(base.as_bytes(), &signature), Ok(()));
}

#[test]
fn malformed_headers_are_refused_without_a_panic() {
    let good = "halyard=(\"@method\");created=1;keyid=\"k\"";
    assert!(parse_signature_input(good).is_some());
    for bad in [
        "",
        "halyard",
        "halyard=",
        "halyard=(",
        "halyard=(\"@method\"",
        "halyard=(\"@method\");created=1",
        "halyard=(\"@method\");keyid=\"k\"",
        "halyard=(\"@method\"\"@path\");created=1;keyid=\"k\"",
        "halyard=(\"@method\";sf);created=1;keyid=\"k\"",
        "halyard=(\"@method\");created=1;created=2;keyid=\"k\"",
        "halyard=(\"@method\");created=1;keyid=\"k\";alg=\"rsa\"",
        "halyard=(\"@method\");created=1;keyid=\"k\";nonce=\"n\"",
        "halyard=(\"@method\");created=1;keyid=\"k\\\"\"",
        "halyard=(\"@method\");created=1.5;keyid=\"k\"",
        "halyard=(\"@method\");created=9999999999999999;keyid=\"k\"",
        "halyard=(\"@method\");created=1;keyid=\"k\", other=(\"@path\");created=1;keyid=\"k\"",
        "HALYARD=(\"@method\");created=1;keyid=\"k\"",
        "halyard=(\"@method\");created=1;keyid=\"ключ\"",
    ] {
        assert_eq!(parse_signature_input(bad), None, "{bad}");
    }
    assert_eq!(parse_signature_input(&good.replace("@method", &"m".repeat(2000))), None);
    for bad in ["", "halyard=::", "halyard=:AAAA:", "halyard=AAAA", "halyard=:****:"] {
        assert_eq!(parse_signature(bad), None, "{bad}");
    }
}
