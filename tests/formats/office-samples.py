#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the small files of PHI, Avantage, Excel and other programs that the tests read and the fuzz targets start
from, in tests/fuzz/corpus. Nothing in them was measured. Run from the top of the repository."""

import io
import json
import os
import struct
import zipfile

CORPUS = os.path.join("tests", "fuzz", "corpus")


def write(target, name, content):
    folder = os.path.join(CORPUS, target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())


# ---- PHI ----


def phi(header, blocks):
    """blocks: (words by index, values as bytes)"""
    head = b"SOFH\r\n" + header.replace("\n", "\r\n").encode("latin1") + b"EOFH\r\n"
    n = len(blocks)
    offset = 16 + 96 * n
    table, data = b"", b""
    for words, values in blocks:
        block = [0] * 24
        block[0], block[1], block[2] = 1, 1, 1
        for index, value in words.items():
            block[index] = struct.unpack("<I", value)[0] if isinstance(value, bytes) else value
        block[19], block[20] = len(values), offset + len(data)
        table += struct.pack("<24I", *block)
        data += values + b"\xAA\xAA\xAA\xAA"  # four bytes between blocks
    return head + struct.pack("<4I", 1, n, 96 * n, 16) + table + data


PHI_HEADER = """Platform: PC
Technique: XPS
FileType: %s
FileDesc: foil
SoftwareVersion: SS 3.3
InstrumentModel: PHI Quantes
AcqFileDate: 2024 1 22
Operator: A. Nyone
AnalyserMode: FAT
AnalyserWorkFcn: 4.5 eV
SputterIon: Ar\xb5
SpectralRegDefFull: 1 1 Su1s 111 9 -1 9 1 9 1 0 1 AREA
NoSpectralReg: 2
SpectralRegDef: 1 1 Fe2p 26 3 -0.5000 711.0000 710.0000 711 710 0.400000 26.00 AREA
SpectralRegDef: 2 2 O1s 8 2 -1.0 531.0 530.0 531 530 1.5 55.00 TOTAL
SpatialAreaDesc: 1 point 1
XraySource: Cr 5414.8 mono
"""


def data_words(region, n, cycles, kind, data_type, unit=b"c/s\0"):
    return {3: region, 4: 1, 5: n, 6: cycles, 8: kind, 14: unit, 18: data_type}


write("phi-spe", "spectra.spe", phi(PHI_HEADER % "SPECTRUM", [
    (data_words(1, 3, 1, b"pnt\0", b"f4\0\1"), struct.pack("<3f", 10, 20.5, 30)),
    (data_words(2, 2, 1, b"chn\0", b"f8\0\0"), struct.pack("<2d", 1.25, 2.5)),
]))
write("phi-spe", "profile.pro", phi(PHI_HEADER % "DEPTHPRO", [
    (data_words(1, 3, 2, b"pnt\0", b"u8\0\0"), struct.pack("<6d", 1, 2, 3, 4, 5, 6)),
    (data_words(2, 2, 2, b"pnt\0", b"f4\0\0"), struct.pack("<4f", 7, 8, 9, 10)),
    ({3: 0, 4: 8, 5: 2, 6: 2, 8: b"cyc\0", 10: b"reg\0", 14: b"s\0\0\0", 18: b"f4\0\0"},
     struct.pack("<4f", -0.0, 30, 1, 31)),
    ({3: 0, 4: 2, 5: 2, 6: 2, 8: b"cyc\0", 10: b"reg\0", 14: b"c/s ", 18: b"f4\0\0"},
     struct.pack("<4f", 1, 2, 3, 4)),
]))

write("phi-txt", "element.txt", """4
Cycles 8; Regions 2; Anode Mg; Photon Energy 1253.6; XPS;
Bi 4f\tO 1s\t
4767.5\t2226.25\t
Element Bi 4f; Region 1 of 2; Depth Cycle 2 of 3; Time Per Step 50; Sweeps 8; Anode Mg; Photon Energy 1253.6; XPS;
160\t587
159.5\t640
159\t570
Element O 1s; Region 2 of 2; Depth Cycle 1 of 1; Time Per Step 20; Sweeps 3; Anode Mg; Photon Energy 1253.6; XPS;
531\t12
530\t14
""")
write("phi-txt", "exporter.txt", """//----------------------------------------
//Multipak Exporter  1.2.5
//HEADER INFORMATION
Technique:XPS
SoftwareVersion:SS 3.6
InstrumentModel:PHI Quantera SXM
SpectralRegDef:1 1 Su1s 111 3 -0.5 1380 1379 1379 1378 0.25 280.00 AREA
XraySource:Al 1486.6 mono


//Area Comment,RegionNo,AtomicName,Area No,XLabel,YLabel,DataCount
#3 Cu foil
1
Survey
1
Binding Energy(eV),reverse
Intensity(cps)
3
1380.0000\t333762.75
1379.5000\t331214.00
1379.0000\t324780.50
""")
write("phi-txt", "nims.csv", """#title,survey
#dimension,x,y
#x,Binding Energy,eV,reverse
#y,Intensity,cps
#legend,Survey
##acq_date,20170606
##comment,SPECTRUM

1380.0000,333.5
1379.5000,331.0
""")

# ---- compound files ----

UTF16 = "utf-16-le"


def compound(streams):
    """streams: (name, content), all in the stream of small streams; sectors of 512 bytes."""
    mini, mini_chain, entries = b"", [], []
    for name, content in streams:
        first = len(mini) // 64
        n = -(-len(content) // 64)
        mini_chain += [first + i + 1 for i in range(n - 1)] + [0xFFFFFFFE]
        mini += content.ljust(64 * n, b"\0")
        entries.append((name, 2, first, len(content)))
    n_dir = -(-(len(entries) + 1) // 4)
    n_table = -(-len(mini_chain) * 4 // 512)
    n_mini = -(-len(mini) // 512)
    dir_at, table_at, mini_at = 1, 1 + n_dir, 1 + n_dir + n_table
    chain = [0xFFFFFFFD]
    for n in (n_dir, n_table, n_mini):
        start = len(chain)
        chain += [start + i + 1 for i in range(n - 1)] + [0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (128 - len(chain))
    table = struct.pack("<%dI" % len(mini_chain), *mini_chain).ljust(512 * n_table, b"\xFF")
    directory = b""
    for name, kind, start, size in [("Root Entry", 5, mini_at, len(mini))] + entries:
        text = (name + "\0").encode(UTF16)
        directory += text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF,
                                                          1 if kind == 5 else 0xFFFFFFFF)
        directory += b"\0" * 36 + struct.pack("<IQ", start, size)
    head = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + b"\0" * 16
    head += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<9I", 0, 1, dir_at, 0, 4096, table_at, n_table, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    body = struct.pack("<128I", *chain) + directory.ljust(512 * n_dir, b"\0") + table
    return head + body + mini.ljust(512 * n_mini, b"\0")


def properties(values, names):
    """values: id to (type, bytes)"""
    def pad(content):
        return content + b"\0" * (-len(content) % 4)
    items = [(1, pad(struct.pack("<IH", 2, 1200)))]
    dictionary = struct.pack("<I", len(names))
    for number, name in names.items():
        text = (name + "\0").encode(UTF16)
        dictionary += struct.pack("<2I", number, len(text) // 2) + pad(text)
    items.append((0, dictionary))
    items += [(number, pad(struct.pack("<I", kind) + content)) for number, (kind, content) in values.items()]
    offset, table, body = 8 + 8 * len(items), b"", b""
    for number, content in items:
        table += struct.pack("<2I", number, offset + len(body))
        body += content
    section = struct.pack("<2I", 8 + len(table) + len(body), len(items)) + table + body
    return struct.pack("<2HI", 0xFFFE, 0, 2) + b"\0" * 16 + struct.pack("<I", 1) + b"\1" * 16 + struct.pack(
        "<I", 48) + section


def wide(text):
    content = (text + "\0").encode(UTF16)
    return 31, struct.pack("<I", len(content) // 2) + content


def vgd(n, values, n_axes=1):
    record = properties({
        105: (4, struct.pack("<f", 1486.68)),
        305: (4, struct.pack("<f", 0.05)),
        306: (3, struct.pack("<i", 4)),
        404: (4, struct.pack("<f", 50)),
        406: (4, struct.pack("<f", 4.2)),
        6: wide("Nexsa"),
        17: wide(" v6.7"),
        232: wide("sample 1"),
        303: (64, struct.pack("<Q", 134263164790000000)),
        329: (8, struct.pack("<I", 2) + "\0".encode(UTF16)),
        100000: (5, struct.pack("<d", 0.5)),
    }, {105: "SourceEnergy", 305: "DwellTime", 6: "Instrument"})
    axes = struct.pack("<6IH", 0x20000, n_axes, 2, 0x20000, 0, 2, 0) + struct.pack("<I2d", n, 1081.68, 0.1)
    axes += b"\1\1\0\0\0"
    return compound([
        ("VGData", struct.pack("<%dd" % len(values), *values)),
        ("VGSpaceAxes", axes),
        ("\5Q5nw4m3lIjudbfwyAayojlptCa", record),
        ("\5SummaryInformation", properties({2: wide("U4f Scan")}, {})),
        ("VersionInfo", b"\1\0\0\0"),
    ])


write("thermo-vgd", "spectrum.vgd", vgd(4, [13884.25, 13847, 14054, 6852]))
write("thermo-vgd", "slices.vgd", vgd(2, [1, 2, 3, 4, 5, 6], 2))
write("thermo-vgd", "other.asn", compound([("Contents", b"words")]))

# ---- workbooks ----

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def column_name(k):
    name = ""
    while k >= 0:
        name, k = chr(65 + k % 26) + name, k // 26 - 1
    return name


def sheet(rows, shared=None):
    """rows: number to {column: value}; texts are shared where a list is given, else inline."""
    text = '<?xml version="1.0" encoding="UTF-8"?><worksheet %s><sheetData>' % MAIN
    for row in sorted(rows):
        text += '<row r="%d">' % row
        for k in sorted(rows[row]):
            value, place = rows[row][k], column_name(k) + str(row)
            if isinstance(value, str) and shared is not None:
                if value not in shared:
                    shared.append(value)
                text += '<c r="%s" t="s"><v>%d</v></c>' % (place, shared.index(value))
            elif isinstance(value, str):
                text += '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (place, value)
            else:
                text += '<c r="%s"><v>%r</v></c>' % (place, value)
        text += "</row>"
    return text + "</sheetData></worksheet>"


def workbook(sheets, shared=None, absolute=False):
    parts = {"[Content_Types].xml": "<Types/>"}
    names = relations = ""
    for i, (name, rows) in enumerate(sheets, 1):
        parts["xl/worksheets/sheet%d.xml" % i] = sheet(rows, shared)
        names += '<sheet name="%s" sheetId="%d" r:id="rId%d"/>' % (name, i, i)
        relations += '<Relationship Id="rId%d" Target="%sworksheets/sheet%d.xml"/>' % (
            i, "/xl/" if absolute else "", i)
    parts["xl/workbook.xml"] = '<workbook %s xmlns:r="%s"><sheets>%s</sheets></workbook>' % (
        MAIN, RELATIONS, names)
    parts["xl/_rels/workbook.xml.rels"] = "<Relationships>%s</Relationships>" % relations
    if shared is not None:
        parts["xl/sharedStrings.xml"] = "<sst %s>%s</sst>" % (MAIN, "".join(
            "<si><r><t>%s</t></r><rPh><t>reading</t></rPh></si>" % text for text in shared))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content,
                             compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def avantage(name, energies, curves):
    rows = {
        7: {0: "Axis", 1: "Energy", 2: "Elements=", 3: len(energies)},
        9: {0: "C:\\data\\CC-A.DATA\\%s.VGD" % name},
        15: {0: "Binding Energy (E)"},
        16: {0: "eV", 2: "Counts / s"},
    }
    for k, label in enumerate(curves):
        rows[15][4 + k] = label
        rows[16][4 + k] = "Counts / s  (Residuals x 5)"
    for i, energy in enumerate(energies):
        rows[17 + i] = {0: energy, 2: 100.5 + i, **{4 + k: 50.0 + k + i for k in range(len(curves))}}
    if curves:
        del rows[17][4]  # outside the range of the fit
    return rows


write("xlsx", "avantage.xlsx", workbook([
    ("Survey", avantage("Survey", [1350.08 - 0.5 * i for i in range(6)], [])),
    ("C1s Scan", avantage("C1s Scan", [298.08 - 0.1 * i for i in range(5)],
                          ["C1s C-C", "Backgnd.", "Envelope", "Residuals"])),
    ("Peak Table", {1: {0: "Peak Table : "}, 2: {1: "Name ", 3: "Peak BE"}, 3: {1: "C1s", 3: 284.8}}),
], shared=[]))
COLUMNS = {1: {0: "Area1 - 0 V", 3: "Area1 - 3.4 V"}}
for i in range(6):
    COLUMNS[2 + i] = {0: 298 - 0.2 * i, 1: 298.11 - 0.2 * i, 2: 7390.5 - i * i, 3: 298 - 0.2 * i,
                      4: 295.57 - 0.2 * i, 5: 2631.25 + i * i}
LABELLED = {3: {1: "Kinetic Energy (eV)", 2: "Counts", 3: "Sigma"}, 4: {1: "-"}}
for i in range(5):
    LABELLED[5 + i] = {1: 100 + 0.5 * i, 2: 40 + (i * 7) % 5, 3: 6.5}
write("xlsx", "columns.xlsx", workbook([("C1s", COLUMNS), ("Valence", LABELLED), ("Notes", {1: {0: "words"}})]))
TEXTS = {1: {0: "BE", 1: "Counts", 2: "Other"}}
for i in range(8):
    TEXTS[2 + i] = {0: "29%d,5" % (9 - i), 1: "1.23%d,5" % (i * 3 % 7), 2: "1,23%d" % i if i != 4 else "n/a"}
OPEN = {1 + i: {0: 300 - i, 1: "1,%03d" % (i * i), 2: ["1 234", "1'234.5", "-1,5e3", "x", "7", "8", "9", "10"][i]}
        for i in range(8)}
write("xlsx", "texts.xlsx", workbook([("Comma", TEXTS), ("Open", OPEN)]))
KHERVE = {1: {0: "Binding Energy", 1: "Corrected Data", 2: "Raw Data", 3: "Transmission", 5: "BE", 6: "Residuals",
              7: "Background", 8: "Calculated Fit", 9: "Sr3d5/2", 10: "Sr3d3/2", 23: "ID", 24: "Peak\nLabel",
              25: "Position\n(eV)", 26: "Height\n(CPS)", 27: "FWHM\n(eV)", 28: "L/G \n", 29: "Area\n(CPS.eV)",
              36: "Fitting Model", 37: "Bkg Type", 38: "Bkg Low\n(eV)", 39: "Bkg High\n(eV)",
              49: "Experimental Description"},
          2: {23: "A", 24: "Sr3d5/2", 25: 133.5, 26: 3828, 27: 1.25, 28: 16.5, 29: 5000.0, 36: "GL (Area)",
              37: "Linear", 38: 126.0, 39: 142.0, 49: "Source Energy", 50: 1486.68},
          3: {25: "126,142", 27: "0.3:3.5", 28: "Fixed", 29: "1:1e7", 49: "Sample ID", 50: "Sr #2"},
          4: {23: "B", 24: "Sr3d3/2", 25: 135.3, 26: 2625, 27: 1.25, 28: 16.5, 29: 3400.0, 36: "GL (Area)",
              37: "Linear", 38: 126.0, 39: 142.0, 49: "Work Function", 50: "1e+37"},
          5: {25: "A+1.75", 27: "A*1", 28: "A*1", 29: "A*0.667#0.05", 49: "Pass Energy", 50: 20}}
for i in range(6):
    KHERVE.setdefault(2 + i, {}).update({0: 142 - 3.0 * i, 1: 200.0 + i, 2: 100.0 + i, 3: 0.5, 5: 142 - 3.0 * i,
                                         6: 0.0, 7: 190.0, 8: 200.0, 9: 195.0, 10: 194.0})
write("xlsx", "kherve.xlsx", workbook([("Sr3d", KHERVE)], absolute=True))



# ---- workbooks of the old format ----


def record(kind, content=b""):
    return struct.pack("<2H", kind, len(content)) + content


def old_workbook(name, rows, split):
    """One sheet; texts are shared, in a table that continues after `split` bytes. Numbers in all three ways."""
    texts, cells = [], b""
    for row in sorted(rows):
        for k in sorted(rows[row]):
            value, place = rows[row][k], struct.pack("<3H", row - 1, k, 15)
            if isinstance(value, str):
                texts.append(value)
                cells += record(0xFD, place + struct.pack("<I", len(texts) - 1))
            elif value == int(value) and abs(value) < 1 << 28:
                cells += record(0x27E, place + struct.pack("<i", int(value) << 2 | 2))
            elif abs(value * 100 - round(value * 100)) < 1e-9:
                cells += record(0xBD, struct.pack("<3HiH", row - 1, k, 15, round(value * 100) << 2 | 3, k))
            else:
                cells += record(0x203, place + struct.pack("<d", value))
    table = struct.pack("<2I", len(texts), len(texts))
    for text in texts:
        table += struct.pack("<HB", len(text), 1) + text.encode(UTF16)
    first, rest = table[:split], table[split:]
    shared = record(0xFC, first) + record(0x3C, b"\1" + rest)
    head = record(0x809, struct.pack("<2H", 0x600, 5) + b"\0" * 12)
    sheet_name = struct.pack("<2B", len(name), 0) + name.encode("latin1")
    start = len(head) + 4 + 6 + len(sheet_name) + len(shared) + 4
    head += record(0x85, struct.pack("<I2B", start, 0, 0) + sheet_name) + shared + record(0x0A)
    return head + record(0x809, struct.pack("<2H", 0x600, 16) + b"\0" * 12) + cells + record(0x0A)


# the table breaks amid the characters of the first text: 8 bytes, 3, and two of its four letters
write("xls", "avantage.xls", compound([("Workbook", old_workbook(
    "C1s Scan", avantage("C1s Scan", [298.08 - 0.125 * i for i in range(5)], ["C1s C-C", "Backgnd.", "Envelope"]),
    15))]))
write("xls", "other.xls", compound([("Workbook", record(0x809, struct.pack("<2H", 0x500, 5)))]))

ENERGIES = [142 - 3.0 * i for i in range(6)]
write("kherve-json", "project.json", json.dumps({
    "FilePath": "Sr.xlsx", "Number of Core levels": 2, "Core levels": {
        "Sr3d": {"Name": "Sr3d", "B.E.": ENERGIES, "Raw Data": [200.0 + i for i in range(6)],
                 "Background": {"Bkg Type": "Linear", "Bkg Low": 127.0, "Bkg High": 142.0, "Bkg X": ENERGIES, "Bkg Y": [190] * 6},
                 "Fitting": {"Model": "GL (Area)", "Peaks": {
                     "Sr3d5/2": {"Position": 133.5, "Height": 3828, "FWHM": 1.25, "L/G": 16.5, "Area": 5000,
                                 "Fitting Model": "GL (Area)", "y_values": [1, 2, 3, 4, 5, 6],
                                 "Constraints": {"Position": "126,142", "FWHM": "0.3:3.5"}}}}},
        "O1s": {"Name": "O1s", "B.E.": [3, 2, 1], "Raw Data": [1, 2, 3], "Background": {}, "Fitting": {}},
        "broken": {"B.E.": [3, 2, 1], "Raw Data": [1, 2]}}}, indent=1))

# ---- CasaXPS ----

write("casaxps-txt", "cycle.txt", """Cycle 0:Fe:O:Fe2p
\tCharacteristic Energy eV\t1.486610e+003\tAcquisition Time s\t2.000000e+000
Name\t\tFe 2p\tFe sat\t
Position\t\t709.05\t716.00\t
FWHM\t\t3.86\t8.00\t
Area\t\t63507.37\t35837.06\t
Lineshape\t\tSGL(30)\tGL(30)\t
K.E.\tCounts\tFe 2p\tFe sat\tBackground\tEnvelope\t\tB.E.\tCPS\tFe 2p\tFe sat\tBackground CPS\tEnvelope CPS
7.366100e+002\t1.2e+004\t1.2e+004\t1.2e+004\t1.2e+004\t1.2e+004\t\t7.500000e+002\t6e+003\t6e3\t6e3\t6e3\t6e3
7.766100e+002\t1.6e+004\t1.5e+004\t1.1e+004\t1.0e+004\t1.6e+004\t\t7.100000e+002\t8e+003\t7e3\t5e3\t5e3\t8e3
7.816100e+002\t1.4e+004\t1.3e+004\t1.1e+004\t0.9e+004\t1.4e+004\t\t7.050000e+002\t7e+003\t6e3\t5e3\t4e3\t7e3
7.926100e+002\t0.8e+004\t0.8e+004\t0.8e+004\t0.8e+004\t0.8e+004\t\t6.940000e+002\t4e+003\t4e3\t4e3\t4e3\t4e3
Cycle 1:Fe:O:Survey
\tCharacteristic Energy eV\t1.486610e+003\tAcquisition Time s\t1.000000e-001
Name\t\t
K.E.\tCounts\t\tB.E.\tCPS
2.866100e+002\t4.5e+003\t\t1.201000e+003\t4.5e+004
2.876100e+002\t4.7e+003\t\t1.200000e+003\t4.7e+004
""")
write("casaxps-txt", "energies.txt", """Name\t\t\t
Position\t\t\t
FWHM\t\t\t
Area\t\t\t
Lineshape\t\t\t

B.E.\tCycle 0:cell 1:N1s_Sect:CPS\t\t
4.044870e+002\t2.870244e+003\t\t
4.042870e+002\t2.882176e+003\t\t
""")
write("casaxps-txt", "rows.csv", """,,,,,,
,,,,,,
Characteristic Energy eV,1486.6,Acquisition Time s,2.8,,,
BE_C 1s 1,CPS_C 1s 1,C 1s_1_C 1s 1,Background_C 1s 1,Envelope_C 1s 1
299.1,1888.93,1889.19,1888.93,1889.91
298.975,1877.14,1877.41,1877.14,1878.17
""")
write("casaxps-txt", "report.txt", """data.vms
C1s Scan
\tCharacteristic Energy eV\t1486.68\tAcquisition Time s\t2.5
KE_C1s Scan\tBE_C1s Scan\tCPS_C1s Scan\tC 1s_1_C1s Scan\tBackground_C1s Scan\tEnvelope_C1s Scan
1188.6\t298.08\t1007.68\t1007.68\t1007.68\t1007.68
1188.7\t297.98\t968.728\t968.728\t968.728\t968.728
""")

# ---- Omicron, CASSIOPEE ----

EIS_TITLES = ("Region\tEnabled\tDataFlag\tStart\tEnd\tStep\tSweeps\tDwell\tMode\tCAE/CRR\tMag\tDivide by Ten\tNotes\t"
              "Function\tLine-Style\tPoint-Style\tSweeps-Acquired\t\r\n")
LAYER_TITLES = "Layer\tEnabled\tDataFlag\tNotes\tFormula\tLine-Style\tPoint-Style\t\r\n"
write("omicron-eis", "layers.txt",
      EIS_TITLES + "1\ttrue\tOriginal\t531.0\t530.0\t-0.5\t4\t0.200\tCAE\t50.00\tHigh\tfalse\tO1s clean\t7 Channel\t"
      "\t\t3\t\r\n" + LAYER_TITLES + "1\tTrue\t\t\tCh(1)+Ch(2)\t\t\t\r\nEnergy\tCounts\t\r\n"
      "531.0\t345\t\r\n530.5\t336\t\r\n530.0\t333\t\r\n" + LAYER_TITLES +
      "2\tFalse\t\t\t0)\t\t\t\r\nEnergy\tCounts\t\r\n531.0\t0\t\r\n530.5\t0\t\r\n530.0\t0\t\r\n" + EIS_TITLES +
      "2\ttrue\tOriginal\t100.0\t101.0\t1\t1\t0.1\tCRR\t4\tHigh\tfalse\tup\t\t\t\t1\t\r\n" + LAYER_TITLES +
      "1\tTrue\t\t\tCh(1)\t\t\t\r\nEnergy\tCounts\t\r\n100.0\t5\t\r\n101.0\t6\t\r\n")
write("omicron-spectra", "two.dat", "*M*\r\n  1100.00000   1099.00000    -0.50000     2.00000     0.20000  3    50.0\r\n"
      "\r\n3000\r\n3131\r\n3046\r\n   110.0    109.8    -0.1    10.0     0.2   3    20.0\r\n\r\n-27\r\n4\r\n5\r\n")
write("cassiopee", "map_1_ROI1_.txt", "[Info]\t\rNumber of Regions=0001\t0001\rVersion=1.2.5\t1.2.5\r \t \r[Region 1]\t \r"
      "Region Name=\tTest\rDimension 1 name=\tKinetic Energy [eV]\rDimension 1 size=\t2\r"
      "Dimension 1 scale=\t84.4 84.42\rDimension 2 name=\tY-Scale [deg]\rDimension 2 size=\t3\r"
      "Dimension 2 scale=\t-1.5 0 1.5\r \t \r[Info 1]\t \rRegion Name=\t\rExcitation Energy=\t90\r"
      "Energy Scale=\tKinetic\rPass Energy=\t20\rNumber of Sweeps=\t1\rSample=\tgraphene\r"
      "Date=\tThu, Sep 30, 2021\r \t\r[Run Mode Information 1]\t\rinputA=\t0\r\r"
      "84.40000000000001\t1\t2\t3\t\r84.42\t4\t5\t6\t\r")
write("cassiopee", "map_1_i.txt", "=====\t \rDate :\tThu, Sep 30, 2021\rSAMPLE\\t==\\t==\t \rx (mm) :\t23.77\r"
      "MONOCHROMATOR\\t==\\t==\t \rhv (eV) :\t95.5\rGrating :\t400\rUNDULATOR\\t==\t \rhv (eV) :\twaiting\r")
