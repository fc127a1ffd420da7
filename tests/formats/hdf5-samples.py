#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the small HDF5 files under tests/fuzz/corpus/hdf5, which the tests of the readers read, too.

Run by hand (needs h5py): hdf5-samples.py FOLDER. Times are not kept in the files, so that they come out the same.
"""
import os
import sys

import h5py
import numpy as np

TEXT = h5py.string_dtype()


def nx(parent, name, nx_class, **attributes):
    group = parent.create_group(name) if name else parent
    group.attrs["NX_class"] = nx_class
    for key, value in attributes.items():
        group.attrs[key] = value
    return group


def new_style(f):
    """The energy is the slow dimension, in keV; the default leads there through two groups."""
    nx(f, "", "NXroot", default="entry")
    entry = nx(f, "entry", "NXentry", default="shown")
    data = nx(entry, "shown", "NXdata", signal="counts", axes=["binding_energy", "angle"])
    data["counts"] = np.arange(12, dtype="<i4").reshape(4, 3)
    data["counts"].attrs["units"] = "counts"
    data["binding_energy"] = np.array([0.4, 0.3995, 0.399, 0.3985])
    data["binding_energy"].attrs["units"] = "keV"
    data["angle"] = np.array([-1.0, 0.0, 1.0], dtype=">f4")
    data["angle"].attrs["units"] = "deg"


def old_style(f):
    """Data sets that say themselves what they are; edges of bins for energies; big-endian."""
    entry = nx(f, "entry1", "NXentry")
    data = nx(entry, "analyser", "NXdata")
    data["data"] = np.arange(8, dtype=">u2").reshape(2, 4)
    data["data"].attrs["signal"] = 1
    data["energies"] = np.arange(100.0, 105.0)
    data["energies"].attrs["axis"] = 2
    data["energies"].attrs["units"] = b"eV"
    data["temperature"] = np.array([300.0, 310.0])
    data["temperature"].attrs["axis"] = "1"
    data["temperature"].attrs["units"] = "K"
    nx(entry, "empty", "NXdata")


def mpes(f):
    """As pynxtools writes it: soft links, means over scans, 1e37 for what is not known."""
    nx(f, "", "NXroot", default="S__C1s/fit", creator="pynxtools")
    entry = nx(f, "S__C1s", "NXentry", default="fit")
    entry["definition"] = "NXmpes"
    entry["method"] = "XPS"
    entry["start_time"] = "2024-05-06T07:08:09+00:00"
    entry.create_dataset("transitions", data=["C 1s"], dtype=TEXT)
    nx(entry, "user", "NXuser")["name"] = "Somebody"
    nx(entry, "sample", "NXsample")["name"] = "foil"
    instrument = nx(entry, "instrument", "NXinstrument")
    nx(instrument, "beam_probe", "NXbeam")["incident_energy"] = 1486.6
    analyser = nx(instrument, "electronanalyzer", "NXelectronanalyzer")
    analyser["work_function"] = 1e37
    nx(analyser, "energydispersion", "NXenergydispersion")["pass_energy"] = np.array([20.0])
    detector = nx(analyser, "detector", "NXelectron_detector")
    detector["count_time"] = 0.5
    raw = nx(detector, "raw_data", "NXdata", signal="raw", axes=["scan", "energy"])
    raw["raw"] = np.arange(6.0).reshape(2, 3)
    raw["scan"] = np.arange(2)
    raw["energy"] = h5py.SoftLink("/S__C1s/data/energy")
    data = nx(entry, "data", "NXdata", signal="data")
    data["data"] = np.array([1.5, 2.5, 3.5])
    data["data"].attrs["units"] = "counts_per_second"
    data["data_errors"] = np.array([0.5, 0.5, 0.5])
    data["energy"] = np.array([290.0, 289.9, 289.8])
    data["energy"].attrs["type"] = "binding"
    data["energy"].attrs["units"] = "eV"
    fit = nx(entry, "fit", "NXfit", default="data")
    nx(fit, "data", "NXdata", signal="input_dependent")


def gda(f):
    """Two points of a scan, three slices, four energies; hard links from the entry to the detector."""
    entry = nx(f, "entry1", "NXentry")
    entry["program_name"] = "GDA 9.5.0"
    instrument = nx(entry, "instrument", "NXinstrument")
    region = nx(instrument, "S2p", "NXdetector")
    image = np.arange(24.0).reshape(2, 3, 4)
    region.create_dataset("image", data=image, chunks=(1, 2, 3), compression="gzip", shuffle=True, fletcher32=True)
    region.create_dataset("spectrum", data=image.sum(axis=1) + 100, chunks=(2, 3), compression="gzip")
    region["kinetic_energy"] = np.array([300.0, 300.5, 301.0, 301.5])
    region["kinetic_energy"].attrs["units"] = "eV"
    region["binding_energy"] = 400 - np.array([300.0, 300.5, 301.0, 301.5]) - 4.5
    region["y_scale"] = np.array([-1.0, 0.0, 1.0])
    region["y_scale"].attrs["units"] = "deg"
    for name, value in (("photon_energy", 400.0), ("pass_energy", 50.0), ("work_function", 4.5), ("count_time", 2.0)):
        region[name] = np.array([value])
    region["iterations"] = np.array([3], dtype="<i4")
    region.create_dataset("acquisition_mode", data=["Swept"], dtype=TEXT)
    region["ds"] = np.array([10.0, 20.0])
    region["ds"].attrs["axis"] = "1"
    shown = nx(entry, "S2p", "NXdata")
    for name in ("image", "spectrum", "kinetic_energy", "binding_energy", "y_scale", "ds"):
        shown[name] = region[name]


def pearl(f):
    """Two regions: one with slices and two steps of a scan, one without."""
    f.create_group("general")["sample"] = np.bytes_("InAs")
    scan = f.create_group("scan 1")
    scan.attrs["Writables"] = np.array([b"ManipulatorX"])
    scan["ManipulatorX"] = np.array([0.5, 1.5])
    scan["ManipulatorX"].attrs["unit"] = "mm"
    attrs = scan.create_group("attrs")
    attrs.create_dataset("PassEnergy", data=["50"], dtype=TEXT)
    attrs.create_dataset("EnergyMode", data=["Kinetic"], dtype=TEXT)
    for name, value in (("MonoEnergy", 650.5), ("ExcitationEnergy", 400.0), ("ScientaDwellTime", 0.1),
                        ("NumIterations", 2.0), ("ScientaSliceBegin", -1.0), ("ScientaSliceEnd", 1.0)):
        attrs[name] = np.array([value])
    image = np.arange(24.0).reshape(3, 4, 2)
    region = scan.create_group("region1")
    region.create_dataset("ScientaImage", data=image, chunks=(3, 4, 1), compression="gzip")
    region["ScientaSpectrum"] = image.sum(axis=0).T
    region["ScientaChannelBegin"] = np.array([480.0])
    region["ScientaChannelEnd"] = np.array([480.3])
    region["ScientaStepTime"] = np.array([0.2, 0.2])
    region = scan.create_group("region2")
    region["ScientaSpectrum"] = np.array([7.0, 8.0, 9.0])
    region["ScientaChannelBegin"] = np.array([500.0])
    region["ScientaChannelEnd"] = np.array([501.0])


def igor(f):
    """Angles and energies; E - E_F."""
    f["Matrix"] = np.arange(6, dtype="<i4").reshape(2, 3)
    matrix = f["Matrix"]
    matrix.attrs["IGORWaveScaling"] = np.array([[0.0, 0.0], [0.5, -0.5], [0.05, -43.0]])
    matrix.attrs.create("IGORWaveUnits", np.array([["", "degree", "eV"]], dtype=object), dtype=TEXT)
    matrix.attrs["IGORWaveNote"] = np.bytes_("hv      = 350\nEpass   = 100\nEk/Eb   = Eb\nComment = sl0.2\n")


def choose(f):
    """Nothing says what is to be plotted."""
    run = f.create_group("run")
    run["detector"] = np.arange(10.0).reshape(2, 5)
    run["detector"].attrs["units"] = "counts"
    run["kinetic energy"] = np.array([10.0, 10.5, 11.0, 11.5, 12.0])
    run["temperature"] = 300.0
    run["labels"] = np.bytes_("none")
    f["other"] = np.arange(7.0)


def traps(f):
    """Rings of links, ways out of the file, sizes that are not there, a filter that is not read."""
    entry = nx(f, "entry", "NXentry", default="data")
    data = nx(entry, "data", "NXdata", signal="ring")
    data["ring"] = h5py.SoftLink("/entry/data/ring2")
    data["ring2"] = h5py.SoftLink("/entry/data/ring/ring/ring")
    data["outside"] = h5py.ExternalLink("/etc/passwd", "/")
    data["self"] = f["/"]
    data["nowhere"] = h5py.SoftLink("/there/is/none")
    data.create_dataset("huge", shape=(1 << 40,), chunks=(1 << 20,), dtype="f8")
    data.create_dataset("bomb", data=np.zeros(1 << 16), chunks=(1 << 16,), compression="gzip")
    data.create_dataset("lzf", data=np.zeros(64), chunks=(64,), compression="lzf")
    data.create_dataset("external", shape=(4,), dtype="f8", external=[("/etc/passwd", 0, 32)])
    layout = h5py.VirtualLayout(shape=(4,), dtype="f8")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", shape=(4,))
    data.create_virtual_dataset("virtual", layout)
    deep = data
    for i in range(30):
        deep = deep.create_group("d")


SAMPLES = {"new-style.nxs": new_style, "old-style.nxs": old_style, "mpes.nxs": mpes, "gda.nxs": gda, "pearl.h5": pearl,
           "igor.h5": igor, "choose.h5": choose, "traps.h5": traps}


def main():
    for name, fill in SAMPLES.items():
        with h5py.File(os.path.join(sys.argv[1], name), "w", libver="earliest",
                       userblock_size=512 if name == "igor.h5" else 0) as f:
            fill(f)


main()
