//! Every call, argument, event field, error, storage item and constant of ours is documented in the metadata: it is what
//! users of Polkadot.js read.

use frame_support::__private::metadata::{v14::RuntimeMetadataV14, RuntimeMetadata};
use scale_info::{form::PortableForm, TypeDef, Variant};
use vektor_runtime::*;

/// Our pallets.
const OURS: [&str; 11] = [
	"Timing",
	"Origins",
	"LiveClock",
	"Supply",
	"Operators",
	"Models",
	"Verification",
	"Jobs",
	"Revenue",
	"Buyback",
	"LockStaking",
];

fn variants(metadata: &RuntimeMetadataV14, id: Option<u32>) -> Vec<Variant<PortableForm>> {
	match id.and_then(|id| metadata.types.resolve(id)).map(|ty| &ty.type_def) {
		Some(TypeDef::Variant(def)) => def.variants.clone(),
		_ => Vec::new(),
	}
}

fn silent(docs: &[String]) -> bool {
	docs.iter().all(|line| line.trim().is_empty())
}

/// What of the pallet `name` has no documentation.
fn undocumented(metadata: &RuntimeMetadataV14, name: &str) -> Vec<String> {
	let mut out = Vec::new();
	let pallet = metadata.pallets.iter().find(|pallet| pallet.name == name).expect("a pallet of ours");
	for call in variants(metadata, pallet.calls.as_ref().map(|calls| calls.ty.id)) {
		for argument in call.fields.iter().map(|field| field.name.clone().unwrap_or_default()) {
			// FRAME keeps no docs of single arguments: the call's text names each.
			if !call.docs.iter().any(|line| line.contains(&format!("`{argument}`"))) {
				out.push(format!("call {name}.{} says nothing of `{argument}`", call.name));
			}
		}
		if silent(&call.docs) {
			out.push(format!("call {name}.{}", call.name));
		}
	}
	for event in variants(metadata, pallet.event.as_ref().map(|event| event.ty.id)) {
		for field in event.fields.iter().filter(|field| silent(&field.docs)) {
			out.push(format!("event {name}.{}: {}", event.name, field.name.clone().unwrap_or_default()));
		}
		if silent(&event.docs) {
			out.push(format!("event {name}.{}", event.name));
		}
	}
	for error in variants(metadata, pallet.error.as_ref().map(|error| error.ty.id)) {
		if silent(&error.docs) {
			out.push(format!("error {name}.{}", error.name));
		}
	}
	for entry in pallet.storage.iter().flat_map(|storage| &storage.entries).filter(|entry| silent(&entry.docs)) {
		out.push(format!("storage {name}.{}", entry.name));
	}
	for constant in pallet.constants.iter().filter(|constant| silent(&constant.docs)) {
		out.push(format!("constant {name}.{}", constant.name));
	}
	out
}

#[test]
fn everything_of_ours_is_documented() {
	crate::common::on("vektor-dev", || {
		let RuntimeMetadata::V14(metadata) = Runtime::metadata().1 else { panic!("the default is version 14") };
		let out: Vec<_> = OURS.iter().flat_map(|name| undocumented(&metadata, name)).collect();
		assert!(out.is_empty(), "undocumented:\n{}", out.join("\n"));
	});
}
