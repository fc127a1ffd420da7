-- SPDX-License-Identifier: GPL-3.0-or-later
-- The reference database. Every row comes from a CSV file of this folder whose header names these columns (units are
-- part of the names); SOURCES.md says where the files come from and under which terms. Built by make-reference, read
-- by the room `reference`. An empty cell is NULL: not known.

PRAGMA application_id = 1129534290; -- "CSRR"
PRAGMA user_version = 2;

-- sources.csv, sources_quantification.csv
CREATE TABLE source (
  source_key TEXT PRIMARY KEY, authors TEXT, title TEXT, journal TEXT, year INTEGER, volume TEXT, pages TEXT, doi TEXT,
  licence TEXT, note TEXT
) WITHOUT ROWID;

-- bindings.csv: one measured (or remembered) value each. `verified`: nist-record (read in a copy of NIST SRD 20), seen
-- (read on a page or in an abstract), recalled (from memory). The last three columns are read off the text beside it.
CREATE TABLE binding (
  id INTEGER PRIMARY KEY,
  species TEXT NOT NULL, species_name TEXT, class TEXT, element TEXT NOT NULL, core_level TEXT NOT NULL,
  binding_energy_eV REAL NOT NULL, uncertainty_eV REAL, fwhm_eV REAL, charge_reference TEXT, source_key TEXT NOT NULL,
  verified TEXT NOT NULL CHECK (verified IN ('nist-record', 'seen', 'recalled')), note TEXT,
  secondary INTEGER GENERATED ALWAYS AS (coalesce (note LIKE 'secondary transcription%', 0)
    OR source_key = 'litdb-xpsref-csv') STORED,
  analogue INTEGER GENERATED ALWAYS AS (coalesce (class LIKE '%analogue)', 0)) STORED,
  tabulated INTEGER GENERATED ALWAYS AS (species LIKE '%(element, tabulated)') STORED
);
CREATE INDEX binding_by_species ON binding (species, core_level);
CREATE INDEX binding_by_level ON binding (core_level, binding_energy_eV);
CREATE INDEX binding_by_element ON binding (element, core_level);
CREATE INDEX binding_by_energy ON binding (binding_energy_eV);
CREATE INDEX binding_by_source ON binding (source_key);

-- doublets.csv: splitting of "S 2p" and the natural (Lorentzian) widths of free atoms; single lines have only a width.
CREATE TABLE doublet (
  element TEXT NOT NULL, level_pair TEXT NOT NULL, spin_orbit_splitting_eV REAL, splitting_spread_eV REAL,
  area_ratio_high_j_to_low_j TEXT, natural_width_high_j_eV REAL, natural_width_low_j_eV REAL,
  source_key TEXT NOT NULL, verified TEXT NOT NULL, note TEXT
);
CREATE INDEX doublet_by_level ON doublet (level_pair);

-- separations.csv: difference of two levels of one compound in one paper, free of any charge reference.
CREATE TABLE separation (
  formula TEXT NOT NULL, level_high TEXT NOT NULL, level_low TEXT NOT NULL, BE_high_eV REAL, BE_low_eV REAL,
  separation_eV REAL NOT NULL, charge_reference_in_nist TEXT, source_key TEXT NOT NULL, verified TEXT NOT NULL, note TEXT
);
CREATE INDEX separation_by_formula ON separation (formula);
CREATE INDEX separation_by_levels ON separation (level_high, level_low, separation_eV);

-- deep_level_estimates.csv: a shallow level plus a difference measured in an analogue. Not measurements.
CREATE TABLE deep_level_estimate (
  species TEXT NOT NULL, core_level TEXT NOT NULL, estimated_BE_eV REAL NOT NULL, uncertainty_eV REAL NOT NULL,
  shallow_level TEXT, shallow_BE_eV REAL, delta_deep_minus_shallow_eV REAL, delta_basis TEXT, source_key TEXT, note TEXT
);
CREATE INDEX deep_level_estimate_by_level ON deep_level_estimate (core_level, estimated_BE_eV);
CREATE INDEX deep_level_estimate_by_species ON deep_level_estimate (species);

-- controversies.csv: where the literature disagrees or binding energy cannot decide; shown whenever a question touches
-- the species and level.
CREATE TABLE controversy (
  id INTEGER PRIMARY KEY, species TEXT NOT NULL, core_level TEXT NOT NULL, low_eV REAL, high_eV REAL,
  statement TEXT NOT NULL, source_key TEXT
);
CREATE INDEX controversy_by_species ON controversy (species, core_level);
CREATE INDEX controversy_by_level ON controversy (core_level);

-- phases.csv, phase_lines.csv: what a substance shows in each core level. `species` names the rows of `binding` the
-- position comes from; `atoms` of the element in one formula unit stand behind the line.
CREATE TABLE phase (phase TEXT PRIMARY KEY, phase_name TEXT, formula TEXT, note TEXT) WITHOUT ROWID;
CREATE TABLE phase_line (
  phase TEXT NOT NULL REFERENCES phase, element TEXT NOT NULL, core_level TEXT NOT NULL, species TEXT NOT NULL,
  label TEXT, atoms REAL NOT NULL, note TEXT,
  PRIMARY KEY (phase, core_level, species)
) WITHOUT ROWID;

-- subshells.csv: free-atom occupancy and threshold (theory; not for assigning peaks).
CREATE TABLE subshell (
  element TEXT NOT NULL, Z INTEGER NOT NULL, orbital TEXT NOT NULL, siegbahn TEXT, occupancy_free_atom REAL,
  threshold_free_atom_eV REAL, source_key TEXT NOT NULL, PRIMARY KEY (element, orbital)
) WITHOUT ROWID;
CREATE INDEX subshell_by_z ON subshell (Z);

-- element_levels.csv: binding energies of the elements, for surveys; auger_lines.csv: kinetic energies of the main
-- feature of a transition.
CREATE TABLE element_level (
  element TEXT NOT NULL, Z INTEGER NOT NULL, orbital TEXT NOT NULL, binding_energy_eV REAL NOT NULL,
  source_key TEXT NOT NULL, verified TEXT NOT NULL, PRIMARY KEY (element, orbital)
) WITHOUT ROWID;
CREATE INDEX element_level_by_z ON element_level (Z);
CREATE TABLE auger_line (
  element TEXT NOT NULL, "transition" TEXT NOT NULL, kinetic_energy_eV REAL NOT NULL, uncertainty_eV REAL NOT NULL,
  source_key TEXT NOT NULL, verified TEXT NOT NULL, note TEXT, PRIMARY KEY (element, "transition")
) WITHOUT ROWID;

-- cross_sections.csv (36 energies), cross_sections_nodes.csv (raw nodes around the thresholds): barn a free atom and
-- whole subshell.
CREATE TABLE cross_section (
  element TEXT NOT NULL, Z INTEGER NOT NULL, orbital TEXT NOT NULL, flag TEXT NOT NULL, photon_energy_eV REAL NOT NULL,
  cross_section_barn REAL NOT NULL, source_key TEXT NOT NULL, PRIMARY KEY (element, orbital, photon_energy_eV)
) WITHOUT ROWID;
CREATE TABLE cross_section_node (
  element TEXT NOT NULL, Z INTEGER NOT NULL, orbital TEXT NOT NULL, photon_energy_eV REAL NOT NULL,
  cross_section_barn REAL NOT NULL, source_key TEXT NOT NULL, PRIMARY KEY (element, orbital, photon_energy_eV)
) WITHOUT ROWID;

-- asymmetry.csv: angular parameters to all multipoles.
CREATE TABLE asymmetry (
  element TEXT NOT NULL, Z INTEGER NOT NULL, orbital TEXT NOT NULL, flag TEXT NOT NULL, photon_energy_eV REAL NOT NULL,
  sigma_DHS_barn REAL, beta REAL, gamma REAL, delta REAL, B1 REAL, B2 REAL, B3 REAL, B4 REAL, B5 REAL,
  C2 REAL, C3 REAL, C4 REAL, C5 REAL, source_key TEXT NOT NULL, PRIMARY KEY (element, orbital, photon_energy_eV)
) WITHOUT ROWID;

-- transport.csv: elastic scattering of electrons by free atoms.
CREATE TABLE transport (
  element TEXT NOT NULL, Z INTEGER NOT NULL, electron_energy_eV REAL NOT NULL, sigma_elastic_A2 REAL NOT NULL,
  sigma_transport_A2 REAL NOT NULL, source_key TEXT NOT NULL, PRIMARY KEY (element, electron_energy_eV)
) WITHOUT ROWID;

-- materials.csv: what the mean free path formulas need.
CREATE TABLE material (
  material TEXT PRIMARY KEY, formula_composition TEXT NOT NULL, density_g_cm3 REAL NOT NULL, density_provenance TEXT,
  molar_mass_g_mol REAL NOT NULL, Nv_per_formula REAL NOT NULL, Nv_rule TEXT, Eg_eV REAL NOT NULL, Eg_provenance TEXT,
  n_atoms REAL NOT NULL, Z_mean REAL NOT NULL, a_nm REAL
) WITHOUT ROWID;
