#!/usr/bin/env bash
# The blocks of tutorial.md, one after the other.

set -eu
issuer=${ISSUER:-http://127.0.0.1:8088}
validation=${VALIDATION_URL:-$issuer/api/mva/grensesnittstoette/mva-melding/valider}
platform=${ALTINN_PLATFORM_URL:-$issuer/altinn-platform}
app=${ALTINN_APP_URL:-$issuer/skd/mva-melding-innsending-test}

client=0d5ae1c4-3b6f-4c0e-9a57-6f1c2d8b7e10
redirect=http://127.0.0.1:40123/callback
person=12837420162
organisation=314552105
return=${RETURN:-samples/clean-general.xml}
out=${OUT:-.}

verifier=$(openssl rand -base64 48 | tr -d '\n=' | tr '+/' '-_')
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | openssl base64 | tr -d '\n=' | tr '+/' '-_')
state=$(openssl rand -hex 16)

answer=$(curl -sSf -o /dev/null -w '%{redirect_url}' -G "$issuer/authorize" \
  --data-urlencode response_type=code \
  --data-urlencode "client_id=$client" \
  --data-urlencode "redirect_uri=$redirect" \
  --data-urlencode 'scope=openid skatteetaten:mvameldingvalidering altinn:instances.read altinn:instances.write' \
  --data-urlencode "state=$state" \
  --data-urlencode "nonce=$(openssl rand -hex 16)" \
  --data-urlencode acr_values=idporten-loa-high \
  --data-urlencode "code_challenge=$challenge" \
  --data-urlencode code_challenge_method=S256 \
  --data-urlencode "login_hint=testid:${person}_idporten-loa-high")
case $answer in *"state=$state"*) ;; *) echo "this is no answer to our sign-in: $answer" >&2; exit 1 ;; esac
code=$(printf %s "$answer" | sed 's/.*[?&]code=\([^&]*\).*/\1/')

id_porten_token=$(curl -sSf "$issuer/token" \
  -d grant_type=authorization_code -d "code=$code" -d "client_id=$client" \
  --data-urlencode "redirect_uri=$redirect" -d "code_verifier=$verifier" |
  sed 's/.*"access_token":"\([^"]*\)".*/\1/')

curl -sSf "$validation" -X POST -H "Authorization: Bearer $id_porten_token" \
  -H 'Content-Type: application/xml' -H 'Accept: application/xml' \
  --data-binary "@$return" -o "$out/validation.xml"
sed -n 's/.*<avvikVedMeldingslevering>\(.*\)<.*/validated: \1/p' "$out/validation.xml"

token=$(curl -sSf "$platform/authentication/api/v1/exchange/id-porten" \
  -H "Authorization: Bearer $id_porten_token" -H 'Accept: text/plain' | tr -d '"')
altinn() { curl -sSf -H "Authorization: Bearer $token" -H 'Accept: application/json' "$@"; }

created=$(altinn -X POST "$app/instances" -H 'Content-Type: application/json' \
  -d "{\"instanceOwner\":{\"organisationNumber\":\"$organisation\"}}")
instance=$(printf %s "$created" | sed 's/^{"id":"\([^"]*\)".*/\1/')
data_id() { sed -n "s/.*\"id\":\"\([^\"]*\)\",\"instanceGuid\":\"[^\"]*\",\"dataType\":\"$1\".*/\1/p"; }
envelope=$(printf %s "$created" | data_id no.skatteetaten.fastsetting.avgift.mva.mvameldinginnsending.v1.0)
echo "instance: $instance"

now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
altinn -X PUT "$app/instances/$instance/data/$envelope" -H 'Content-Type: application/xml' -o "$out/envelope.json" --data-binary @- <<XML
<mvaMeldingInnsending xmlns="no:skatteetaten:fastsetting:avgift:mva:mvameldinginnsending:v1.0">
  <norskIdentifikator><organisasjonsnummer>$organisation</organisasjonsnummer></norskIdentifikator>
  <skattleggingsperiode>
    <periode><skattleggingsperiodeToMaaneder>mars-april</skattleggingsperiodeToMaaneder></periode>
    <aar>2026</aar>
  </skattleggingsperiode>
  <meldingskategori>alminnelig</meldingskategori>
  <innsendingstype>komplett</innsendingstype>
  <instansstatus>utfylling</instansstatus>
  <opprettetAv>curl</opprettetAv>
  <opprettingstidspunkt>$now</opprettingstidspunkt>
  <vedlegg>
    <vedleggstype>mva-melding</vedleggstype>
    <kildegruppe>sluttbrukersystem</kildegruppe>
    <opprettetAv>curl</opprettetAv>
    <opprettingstidspunkt>$now</opprettingstidspunkt>
    <vedleggsfil><filnavn>mva-melding</filnavn><filekstensjon>xml</filekstensjon><filinnhold>mva-melding</filinnhold></vedleggsfil>
  </vedlegg>
  <vedlegg>
    <vedleggstype>binaerVedlegg</vedleggstype>
    <kildegruppe>sluttbruker</kildegruppe>
    <opprettetAv>curl</opprettetAv>
    <opprettingstidspunkt>$now</opprettingstidspunkt>
    <vedleggsfil><filnavn>økonomi</filnavn><filekstensjon>pdf</filekstensjon><filinnhold>bilag</filinnhold></vedleggsfil>
  </vedlegg>
</mvaMeldingInnsending>
XML

altinn -X POST "$app/instances/$instance/data?dataType=mvamelding" -o "$out/return.json" \
  -H 'Content-Type: text/xml' -H 'Content-Disposition: attachment; filename=mva-melding.xml' \
  --data-binary "@$return"
printf '%%PDF-1.4\n%%%%EOF\n' | altinn -X POST "$app/instances/$instance/data?dataType=binaerVedlegg" -o "$out/attachment.json" \
  -H 'Content-Type: application/pdf' \
  -H "Content-Disposition: attachment; filename=okonomi.pdf; filename*=UTF-8''%C3%B8konomi.pdf" \
  --data-binary @-

task() { altinn "$app/instances/$instance/process" | sed -n 's/.*"elementId":"\(Task_[0-9]\)","name".*/\1/p'; }
test "$(task)" = Task_1
altinn -X PUT "$app/instances/$instance/process/next" -H 'Content-Type: application/json' -o "$out/completed.json"
test "$(task)" = Task_2
altinn -X PUT "$app/instances/$instance/process/next" -H 'Content-Type: application/json' -o "$out/submitted.json"
test "$(task)" != Task_2

file() {
  id=$(altinn "$app/instances/$instance" | data_id "$1")
  test -n "$id" && altinn "$app/instances/$instance/data/$id" -H 'Accept: application/xml, */*' -o "$2"
}
file betalingsinformasjon "$out/betalingsinformasjon.xml"
sed -n 's/.*<\(beloep\|betalingsfrist\|kundeidentifikasjonsnummer\)>\(.*\)<.*/\1: \2/p' "$out/betalingsinformasjon.xml"

tries=0
until file valideringsresultat "$out/valideringsresultat.xml" && file kvittering "$out/kvittering.pdf"; do
  tries=$((tries + 1))
  test $tries -lt 60 || { echo "no verdict yet; look again later" >&2; exit 4; }
  sleep "${PAUSE:-2}"
done
sed -n 's/.*<avvikVedMeldingslevering>\(.*\)<.*/verdict: \1/p' "$out/valideringsresultat.xml"
