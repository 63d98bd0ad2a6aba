import type { Language, Text } from "../vatReturn/text.ts";
import type { Field, FieldValue } from "./fields/field.ts";
import { fields } from "./fields.ts";

/**
 * The JSON schema of integration files.
 * @param strict whether it objects to wrong values. This product's editor has checks of its own that say more, and takes
 *   from the schema what completes and explains.
 */
export function integrationSchema(language: Language, strict: boolean): object {
  const required = ["integration_type", "token_endpoint_auth_method", "scopes", "redirect_uris"];
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: language === "nb" ? "ID-porten-integrasjon" : "ID-porten integration",
    description: about[language],
    type: "object",
    ...(strict ? { required } : {}),
    properties: {
      $schema: { type: "string" },
      ...Object.fromEntries(fields.map((field) => [field.name, property(field, language, strict)])),
    },
  };
}

const about: Text = {
  en: "A client at ID-porten, as Digdir's self-service API takes it.",
  nb: "En klient i ID-porten, slik Digdirs selvbetjenings-API tar imot den.",
};

function property(field: Field, language: Language, strict: boolean): object {
  if (!strict) return { markdownDescription: describe(field, language), ...suggestions(field, language) };
  const described = { description: field.meaning[language] };
  switch (field.type) {
    case "seconds":
      return { ...described, type: "integer", minimum: 0 };
    case "yesOrNo":
      return { ...described, type: "boolean" };
    case "keys":
      return { ...described, type: "object" };
    case "texts":
      return { ...described, type: "array", items: { type: "string" } };
    case "text":
      if (field.name === "created" || field.name === "last_updated") return described;
      return field.values === undefined
        ? { ...described, type: "string" }
        : { ...described, enum: field.values.map(({ value }) => value) };
  }
}

/** What completes a value without objecting to others. */
function suggestions(field: Field, language: Language): object {
  switch (field.type) {
    case "yesOrNo":
      return { anyOf: [{ enum: [true, false] }, {}] };
    case "texts":
      return field.examples === undefined ? {} : { items: oneOf(field.examples, language) };
    case "text":
      return field.values === undefined ? {} : oneOf(field.values, language);
    case "seconds":
    case "keys":
      return {};
  }
}

function oneOf(values: readonly FieldValue[], language: Language): object {
  const listed = {
    enum: values.map(({ value }) => value),
    markdownEnumDescriptions: values.map(({ portal, meaning }) =>
      portal === undefined ? meaning[language] : `**${portal}**: ${meaning[language]}`,
    ),
  };
  return { anyOf: [listed, {}] };
}

function describe({ portal, label, meaning }: Field, language: Language): string {
  const place = language === "nb" ? "I portalen" : "In the portal";
  const lines = [`**${label[language]}**`, meaning[language]];
  if (portal !== null) lines.push(`${place}: *${portal}*`);
  return lines.join("\n\n");
}
