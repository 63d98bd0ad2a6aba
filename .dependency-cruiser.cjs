/** The layering of the house: arrows point one way, and only src/extension knows VS Code. */
const core = "^src/(vatReturn|codeLists|validation|services|submission|integration)/";

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "vscode-only-in-extension",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/extension/" },
      to: { path: "^vscode$" },
    },
    {
      name: "core-knows-no-door",
      severity: "error",
      from: { path: core },
      to: { path: "^src/(extension|cli|sandbox)/" },
    },
    {
      name: "documents-are-the-ground",
      severity: "error",
      from: { path: "^src/vatReturn/" },
      to: { path: "^src/", pathNot: "^src/vatReturn/" },
    },
    {
      name: "code-lists-are-the-ground",
      severity: "error",
      from: { path: "^src/codeLists/" },
      to: { path: "^src/", pathNot: "^src/(codeLists|vatReturn)/" },
    },
    {
      name: "validation-knows-no-service",
      severity: "error",
      from: { path: "^src/validation/" },
      to: { path: "^src/(services|submission|integration)/" },
    },
    {
      name: "services-know-no-submission",
      severity: "error",
      from: { path: "^src/services/" },
      to: { path: "^src/(submission|integration)/" },
    },
    {
      name: "integration-knows-no-submission",
      severity: "error",
      comment: "A client's registration is judged by itself, whatever is done with it afterwards.",
      from: { path: "^src/integration/" },
      to: { path: "^src/submission/" },
    },
    {
      name: "doors-do-not-meet",
      severity: "error",
      from: { path: "^src/(extension|cli|sandbox)/" },
      to: { path: "^src/(extension|cli|sandbox)/", pathNot: "^src/$1/" },
    },
    {
      name: "pure-core",
      severity: "error",
      comment: "What is checked and by which rule depends on the text alone.",
      from: { path: "^src/(vatReturn|codeLists|validation/rules)/" },
      to: { dependencyTypes: ["core"] },
    },
    { name: "src-does-not-import-test", severity: "error", from: { path: "^src/" }, to: { path: "^test/" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    builtInModules: { add: ["vscode"] },
  },
};
