"""What a niche means to machines: its type in schema.org's vocabulary."""

from .contracts import Niche

SCHEMA_TYPES: dict[Niche, str] = {
    Niche.RESTAURANT: "Restaurant",
    Niche.LAWYER: "LegalService",
    Niche.DENTIST: "Dentist",
    Niche.REAL_ESTATE: "RealEstateAgent",
    Niche.PLUMBER: "Plumber",
    Niche.ELECTRICIAN: "Electrician",
    Niche.LANDSCAPING: "HomeAndConstructionBusiness",
    Niche.CLEANING: "HomeAndConstructionBusiness",
    Niche.GENERAL: "LocalBusiness",
    Niche.OTHER: "LocalBusiness",
}
