import type { TaxpayerFacts } from "../../validation/taxpayerFacts.ts";
import { organisations } from "../persons.ts";

const longRegistered = { from: "2018-01-01", to: null } as const;
const ordinary = { deletedOn: null, cessationReported: false, jointRegistration: null } as const;

/**
 * What the registers of the sandbox hold of its organisations. The organisation of the samples has nothing but a name:
 * there are samples of every category, and one organisation cannot be registered for all of them.
 */
export const defaultFacts: readonly TaxpayerFacts[] = [
  { organisationNumber: organisations.sample.organisationNumber, name: organisations.sample.name },
  {
    ...ordinary,
    organisationNumber: organisations.trading.organisationNumber,
    name: organisations.trading.name,
    organisationForm: "AS",
    vatRegistrations: [
      { ...longRegistered, category: "alminnelig", periodType: "skattleggingsperiodeToMaaneder", oneOff: false },
    ],
    accountNumber: "86011117947",
  },
  {
    ...ordinary,
    organisationNumber: organisations.bridge.organisationNumber,
    name: organisations.bridge.name,
    organisationForm: "AS",
    vatRegistrations: [
      { ...longRegistered, category: "alminnelig", periodType: "skattleggingsperiodeToMaaneder", oneOff: false },
    ],
    // A refund has no account to go to.
    accountNumber: null,
  },
  {
    ...ordinary,
    organisationNumber: organisations.farm.organisationNumber,
    name: organisations.farm.name,
    organisationForm: "ENK",
    vatRegistrations: [
      { ...longRegistered, category: "primaernaering", periodType: "skattleggingsperiodeAar", oneOff: false },
    ],
    accountNumber: "86011117947",
  },
  {
    ...ordinary,
    organisationNumber: organisations.housing.organisationNumber,
    name: organisations.housing.name,
    organisationForm: "ESEK",
    // Claims compensation, and has no place in the VAT register.
    vatRegistrations: [],
    accountNumber: "86011117947",
  },
  {
    ...ordinary,
    organisationNumber: organisations.foreign.organisationNumber,
    name: organisations.foreign.name,
    organisationForm: "NUF",
    vatRegistrations: [
      { ...longRegistered, category: "alminnelig", periodType: "skattleggingsperiodeToMaaneder", oneOff: false },
    ],
    accountNumber: null,
  },
  {
    ...ordinary,
    organisationNumber: organisations.accountant.organisationNumber,
    name: organisations.accountant.name,
    organisationForm: "AS",
    vatRegistrations: [
      { ...longRegistered, category: "alminnelig", periodType: "skattleggingsperiodeToMaaneder", oneOff: false },
    ],
    accountNumber: "86011117947",
  },
];
