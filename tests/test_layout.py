"""Every module has its test where a newcomer looks for it, or says where it is shown instead."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("indexer", "search_api", "query_room")

FENCE = "tests/indexer/confinement/test_confining.py"
ENGINE = "tests/contracts/test_engine.py"
CONDITIONS = "tests/contracts/test_conditions.py"
SOUNDING = "tests/contracts/test_sounding.py"
CORRECTING = "tests/search_api/correcting/test_applying.py"
SERVICE = "tests/search_api/test_service.py"
KILLS = "tests/faults/test_worker_kills.py"
SERVER_KILLS = "tests/faults/test_server_kills.py"
PAGES = "tests/query_room"
COUNTER = f"{PAGES}/pages/visits/test_views.py"
LOG = f"{PAGES}/pages/log/test_views.py"
REGISTER = f"{PAGES}/pages/register/test_views.py"
HANDOVERS = f"{PAGES}/pages/handovers/test_views.py"
ARCHIVISTS = f"{PAGES}/pages/archive/test_views.py"
ORDERS = "tests/indexer/ordering/test_working.py"
ORDERING = f"{PAGES}/pages/archive/test_orders.py"
CATALOGUES = f"{PAGES}/pages/archive/test_catalogues.py"
APP = f"{PAGES}/test_app.py"
API = "tests/search_api/test_routes.py"
MIGRATIONS = "tests/test_migrations.py"
DOCS = "tests/test_docs.py"
ARCHIVE = "tests/fixtures/archive.py"
REQUESTS = f"{PAGES}/requests/test_deciding.py"
INTAKE = f"{PAGES}/requests/test_intake.py"
STEPS = "tests/faults/test_request_steps.py"
CALENDAR = f"{PAGES}/calendar/test_service.py"
CLOCK = f"{PAGES}/clock/test_reading.py"
LETTERS = f"{PAGES}/letters/test_rendering.py"
REQUEST_PAGES = f"{PAGES}/pages/requests/test_views.py"
OFFICE = "tests/indexer/conversion/test_room.py"
RAR = "tests/indexer/containers/test_rar.py"
DRAWN_OFD = "tests/indexer/rendering/test_ofd.py"
REPORTS = "tests/query_room/reports/test_service.py"
REPORT_PAGES = "tests/query_room/pages/reports/test_views.py"

REPLAYS = "tests/search_api/replaying/test_service.py"
REHEARSALS = "tests/search_api/rehearsing/test_service.py"
SAVED = f"{PAGES}/saved_searches/test_service.py"
PAST_SEARCHES = f"{PAGES}/past_searches/test_service.py"
PAST_SEARCH_PAGES = f"{PAGES}/pages/past_searches/test_views.py"

SPREAD = "tests/indexer/indexing/spread/test_coordinating.py"
SPREAD_KILLS = "tests/faults/test_spread_kills.py"

SHOWN_ELSEWHERE = {
    "indexer/commands/writing_lines.py": (
        "tests/indexer/indexing/test_writing_state.py",
        "what the state is in words",
    ),
    "indexer/indexing/writers.py": (SPREAD_KILLS, "every writer is opened there"),
    "indexer/repositories/slices.py": (SPREAD, "its statements, on the database that has them"),
    "indexer/repositories/set_asides.py": (SPREAD, "same"),
    "indexer/repositories/coordinators.py": (
        "tests/indexer/indexing/spread/test_election.py",
        "same",
    ),
    # Declarations: nothing in them can be wrong by itself.
    "indexer/errors.py": ("tests/test_docs.py", "a tree of names; every code is documented"),
    "indexer/tables.py": (MIGRATIONS, "what the migrations make on both databases"),
    "search_api/tables.py": (MIGRATIONS, "same"),
    "query_room/statute/codes.py": (DOCS, "words of the law; data that names them is held to them"),
    "indexer/repositories/fingerprints.py": (
        "tests/indexer/indexing/test_copy_search.py",
        "its statements, on both databases",
    ),
    "indexer/repositories/copies.py": ("tests/search_api/test_copies.py", "same"),
    "indexer/vocabulary/columns.py": (
        "tests/indexer/vocabulary/test_reading.py",
        "words of a table, read and written",
    ),
    "indexer/vocabulary/writing.py": ("tests/indexer/vocabulary/test_reading.py", "read back"),
    **{
        f"query_room/pages/archive/vocabulary_{part}.py": (
            f"{PAGES}/pages/archive/test_vocabulary.py",
            "asked together with the list",
        )
        for part in ("files", "form", "labels", "versions")
    },
    "search_api/answering.py": (SERVICE, "every answer is made there"),
    "search_api/finding.py": (SERVICE, "every question is asked there"),
    "search_api/replaying/model.py": (REPLAYS, "values of the service"),
    "search_api/replaying/reasons.py": (REPLAYS, "a reason for every change"),
    "search_api/replaying/noting.py": (PAST_SEARCHES, "a comparison is on record"),
    "search_api/rehearsing/model.py": (REHEARSALS, "values of the service"),
    "search_api/rehearsing/repository.py": (REHEARSALS, "kept and read back, on both databases"),
    "query_room/saved_searches/model.py": (SAVED, "values of the service"),
    "query_room/saved_searches/errors.py": (SAVED, "each is met there"),
    "query_room/saved_searches/repository.py": (SAVED, "its statements, on both databases"),
    "query_room/past_searches/model.py": (PAST_SEARCHES, "values of the service"),
    "query_room/pages/past_searches/labels.py": (PAST_SEARCH_PAGES, "words on pages"),
    "indexer/importing/accounting.py": (
        "tests/indexer/importing/test_pipeline.py",
        "every batch ends in its account",
    ),
    "indexer/containers/rar_messages.py": ("tests/indexer/containers/test_rar.py", "sent there"),
    "indexer/page_words.py": (
        "tests/indexer/storage/test_word_store.py",
        "values; the store keeps them",
    ),
    "indexer/confinement/audit.py": (FENCE, "tried in a real process"),
    "indexer/confinement/kernel.py": (FENCE, "tried in a real process"),
    "indexer/confinement/landlock.py": (FENCE, "tried in a real process"),
    "indexer/confinement/system_calls.py": (
        "tests/indexer/confinement/test_seccomp.py",
        "the filter is run on every table",
    ),
    "indexer/importing/recognized.py": (
        "tests/indexer/importing/test_recognizing.py",
        "a file at a time, as pages come",
    ),
    "query_room/archive/recognition.py": (
        ARCHIVISTS,
        "what waits is on the overview and on the page of coverage",
    ),
    "indexer/conversion/process.py": (OFFICE, "real processes"),
    "indexer/extraction/one_job.py": (OFFICE, "what becomes of the one job"),
    "indexer/containers/unar.py": (RAR, "the real programs, where they are installed"),
    "indexer/containers/unar_process.py": (RAR, "same"),
    "indexer/catalogue/reading_job.py": (
        "tests/indexer/catalogue/test_reading_process.py",
        "values between two programs",
    ),
    "query_room/pages/archive/catalogue_forms.py": (CATALOGUES, "forms sent"),
    "query_room/pages/archive/catalogue_labels.py": (CATALOGUES, "words on the page"),
    "query_room/pages/archive/catalogue_lines.py": (CATALOGUES, "shown"),
    "query_room/pages/archive/catalogue_view.py": (CATALOGUES, "shown"),
    "indexer/engine/port.py": (ENGINE, "protocols; the contract tests are their meaning"),
    "indexer/engine/query.py": (ENGINE, "values that cross the port"),
    "search_api/correcting/inquiry.py": (CORRECTING, "what is asked on the way to each correction"),
    "search_api/correcting/candidates.py": (CORRECTING, "one of each ground"),
    "search_api/correcting/choosing.py": (CORRECTING, "the best of them"),
    "indexer/engine/searching/sounding.py": (SOUNDING, "records by their sound"),
    "indexer/engine/searching/suggesting.py": (SOUNDING, "same"),
    "indexer/engine/weights.py": (ENGINE, "numbers; ranking shows them"),
    "indexer/extraction/pdf_page.py": (
        "tests/indexer/extraction/test_pdf_pdfium.py",
        "what readers give",
    ),
    "indexer/repositories/parsing.py": (
        "tests/indexer/importing/test_reparsing.py",
        "what is outdated",
    ),
    "indexer/repositories/relations.py": ("tests/search_api/test_relating.py", "its statements"),
    "indexer/repositories/differences.py": (
        "tests/indexer/importing/test_differing.py",
        "its statements",
    ),
    "indexer/rendering/ofd_canvas.py": (DRAWN_OFD, "what it draws"),
    "indexer/rendering/matrices.py": (DRAWN_OFD, "where what it draws comes to lie"),
    "indexer/rendering/ofd_typefaces.py": (DRAWN_OFD, "fonts that it draws with"),
    "indexer/rendering/ofd_letters.py": (DRAWN_OFD, "letters that it draws"),
    "indexer/rendering/ofd_resources.py": (DRAWN_OFD, "fonts and images that it draws with"),
    "indexer/rendering/ofd_styles.py": (DRAWN_OFD, "colours and lines that it draws in"),
    "indexer/rendering/pdf_making.py": (DRAWN_OFD, "what pdfium draws for it"),
    "indexer/repositories/batch_records.py": (
        "tests/query_room/archive/test_batch_accounts.py",
        "its statements",
    ),
    "indexer/commands/reparsing.py": (
        "tests/query_room/commands/test_reporting.py",
        "run beside the report",
    ),
    "query_room/pages/archive/batch_accounts.py": (ARCHIVISTS, "its routes"),
    "query_room/pages/archive/differences.py": (ARCHIVISTS, "its routes"),
    "query_room/demo/fonds.py": ("tests/query_room/demo/test_manuscripts.py", "a list of names"),
    "query_room/room.py": ("tests/query_room/conftest.py", "what a room holds"),
    "query_room/visits/handover_model.py": (
        "tests/query_room/visits/test_handovers.py",
        "values of the service",
    ),
    "query_room/pages/cases/labels.py": (f"{PAGES}/pages/cases/test_views.py", "words on pages"),
    "query_room/pages/cases/forms.py": (f"{PAGES}/pages/cases/test_views.py", "forms sent"),
    "query_room/register/entries.py": (f"{PAGES}/register/test_service.py", "read back there"),
    "query_room/register/effect_repository.py": (
        f"{PAGES}/register/test_effects.py",
        "its statements",
    ),
    "query_room/holds/errors.py": (f"{PAGES}/holds/test_service.py", "met there"),
    "query_room/holds/model.py": (f"{PAGES}/holds/test_service.py", "values it gives"),
    "query_room/holds/repository.py": (f"{PAGES}/holds/test_service.py", "its statements"),
    "query_room/pages/register/effects.py": (f"{PAGES}/pages/register/test_views.py", "its route"),
    "search_api/log/search_filter.py": ("tests/search_api/log/test_searches.py", "values"),
    "query_room/pages/log/searching.py": (f"{PAGES}/pages/log/test_views.py", "its routes"),
    "query_room/requests/counting.py": (f"{PAGES}/requests/test_clockwork.py", "charged there"),
    "indexer/containers/blocks.py": ("tests/indexer/containers/test_traversal.py", "read, written"),
    "indexer/containers/opening.py": ("tests/indexer/containers/test_traversal.py", "every kind"),
    "indexer/containers/process.py": ("tests/indexer/containers/test_unpacker.py", "its program"),
    "indexer/containers/zip_directory.py": (
        "tests/indexer/containers/test_zip_archive.py",
        "its entries",
    ),
    "indexer/extraction/ppt_records.py": ("tests/indexer/extraction/test_ppt.py", "its records"),
    "indexer/extraction/ofd_package.py": ("tests/indexer/extraction/test_ofd.py", "its parts"),
    "indexer/extraction/ofd_text.py": ("tests/indexer/extraction/test_ofd.py", "its lines"),
    "query_room/audit/noting.py": (f"{PAGES}/audit/test_service.py", "every reading is noted"),
    "query_room/pages/log/asked.py": (f"{PAGES}/pages/log/test_views.py", "addresses refused"),
    "query_room/pages/organs/forms.py": (f"{PAGES}/pages/organs/test_views.py", "forms sent"),
    "query_room/pages/ledgers/importing.py": (f"{PAGES}/pages/ledgers/test_views.py", "routes"),
    "query_room/pages/ledgers/labels.py": (f"{PAGES}/pages/ledgers/test_views.py", "words"),
    "query_room/pages/notices/labels.py": (f"{PAGES}/pages/notices/test_views.py", "words"),
    "query_room/ledgers/errors.py": (f"{PAGES}/ledgers/test_service.py", "met there"),
    "query_room/ledgers/repository.py": (f"{PAGES}/ledgers/test_service.py", "its statements"),
    "query_room/ledgers/reported.py": (f"{PAGES}/ledgers/test_service.py", "asked there"),
    "query_room/ledgers/model.py": (f"{PAGES}/ledgers/test_reading.py", "values it gives"),
    "query_room/ledgers/words.py": (f"{PAGES}/commands/test_ledgers.py", "said by the command"),
    "query_room/cases/errors.py": (f"{PAGES}/cases/test_service.py", "met there"),
    "query_room/cases/repository.py": (f"{PAGES}/cases/test_service.py", "its statements"),
    "query_room/cases/reading.py": (f"{PAGES}/cases/test_service.py", "read back there"),
    "query_room/notices/errors.py": (f"{PAGES}/notices/test_service.py", "met there"),
    "query_room/notices/repository.py": (f"{PAGES}/notices/test_sender.py", "its statements"),
    "query_room/statute/case_codes.py": (
        "tests/query_room/reports/test_layout.py",
        "words of the law; the layout is held to them",
    ),
    "query_room/pages/reports/choosing.py": (REPORT_PAGES, "addresses followed"),
    "query_room/pages/reports/labels.py": (REPORT_PAGES, "words on pages"),
    "query_room/pages/reports/making.py": (REPORT_PAGES, "forms sent, with and without mistakes"),
    "query_room/pages/reports/reading.py": (REPORT_PAGES, "drafts, issued reports, files"),
    "query_room/pages/reports/view_models.py": (REPORT_PAGES, "shown"),
    "query_room/reports/errors.py": (REPORTS, "met there"),
    "query_room/reports/model.py": (REPORTS, "values of the service"),
    "query_room/reports/records.py": (REPORTS, "values of the service"),
    "query_room/reports/repository.py": (REPORTS, "its statements, on both databases"),
    "query_room/reports/papers.py": ("tests/query_room/reports/test_docx.py", "printed"),
    "search_api/answers.py": (SERVICE, "values of the service"),
    "search_api/schemas.py": (SERVICE, "values of the API"),
    # Wiring: it is run whole or not at all.
    "indexer/database/environment/env.py": ("tests/conftest.py", "run by Alembic in every test"),
    "indexer/database/migration.py": (MIGRATIONS, "run, and held to the code"),
    "indexer/engine/opening.py": (ENGINE, "opens the adapter that the contracts run on"),
    "search_api/opening.py": (ARCHIVE, "opens the service of every test"),
    "query_room/opening.py": ("tests/query_room/conftest.py", "opens the room of every test"),
    "query_room/__main__.py": (KILLS, "starts the commands that are killed there"),
    "query_room/cli.py": ("tests/test_docs.py", "every command it puts together is walked"),
    "query_room/commands/serving.py": (SERVER_KILLS, "the server that is killed there"),
    "indexer/commands/wiring.py": ("tests/indexer/commands/test_importing.py", "opens each"),
    "search_api/app.py": (API, "the application that carries the routes"),
    # Halves of one thing: a page and what it shows, a route and its JSON, a worker and its steps.
    "query_room/pages/browse/view_models.py": (f"{PAGES}/pages/browse/test_views.py", "shown"),
    "query_room/pages/records/view_models.py": (f"{PAGES}/pages/records/test_views.py", "shown"),
    "query_room/pages/records/hits.py": (f"{PAGES}/pages/search/test_views.py", "led to by a hit"),
    "query_room/pages/records/similar.py": (
        f"{PAGES}/pages/records/test_views.py",
        "on a record's page",
    ),
    "query_room/pages/search/reasons.py": (f"{PAGES}/pages/search/test_views.py", "under each hit"),
    "query_room/pages/search/view_models.py": (f"{PAGES}/pages/search/test_views.py", "shown"),
    "query_room/pages/addresses.py": (f"{PAGES}/pages/search/test_views.py", "links it makes"),
    "query_room/pages/visits/view_models.py": (COUNTER, "shown"),
    "query_room/pages/visits/forms.py": (COUNTER, "forms sent, with and without mistakes"),
    "query_room/pages/forms.py": (COUNTER, "mistakes said beside their fields"),
    "query_room/pages/guards.py": (COUNTER, "pages for those who serve"),
    "query_room/pages/navigation.py": (COUNTER, "links for those who may follow them"),
    "query_room/pages/counter_labels.py": (COUNTER, "words on pages"),
    "query_room/visits/history.py": (COUNTER, "searches of a visit, within rights"),
    "query_room/audit/present.py": (
        f"{PAGES}/audit/test_search_audit.py",
        "every hit tells what has become of it",
    ),
    "query_room/audit/model.py": (f"{PAGES}/audit/test_service.py", "values of the service"),
    "query_room/pages/log/labels.py": (LOG, "words on pages"),
    "query_room/pages/log/view_models.py": (LOG, "shown"),
    "search_api/log/inspection_repository.py": (
        "tests/search_api/log/test_inspection.py",
        "statements of one module",
    ),
    "query_room/pages/register/view_models.py": (REGISTER, "shown"),
    "query_room/pages/register/forms.py": (REGISTER, "forms sent, with and without mistakes"),
    "query_room/pages/register/entry_form.py": (REGISTER, "the form as it comes back"),
    "query_room/pages/register/entering.py": (REGISTER, "hits ticked, then entered"),
    "query_room/pages/register/correcting.py": (REGISTER, "an entry corrected"),
    "query_room/pages/register/exporting.py": (REGISTER, "a period exported, names masked"),
    "query_room/pages/register/reading.py": (REGISTER, "a period, and a sheet to sign"),
    "query_room/pages/handovers/view_models.py": (HANDOVERS, "shown"),
    "query_room/pages/handovers/asking.py": (HANDOVERS, "handed on from the counter"),
    "query_room/pages/handovers/answering.py": (HANDOVERS, "steps and the answer"),
    "query_room/pages/handovers/picking.py": (HANDOVERS, "hits cited"),
    "query_room/pages/handovers/picks.py": (HANDOVERS, "what the session holds"),
    "query_room/commands/backup_words.py": (
        "tests/query_room/commands/test_backing_up.py",
        "what the commands say",
    ),
    "indexer/importing/progress.py": (
        "tests/indexer/importing/test_pipeline.py",
        "told of by every batch",
    ),
    "indexer/importing/foreseeing.py": (ORDERS, "trials"),
    "indexer/ordering/requests.py": (ORDERS, "where an order may lead"),
    "indexer/ordering/life.py": ("tests/faults/test_importer_kills.py", "killed and started again"),
    "indexer/ordering/standing.py": ("tests/faults/test_importer_kills.py", "a folder followed"),
    "indexer/repositories/orders.py": (ORDERS, "its statements, on both databases"),
    "indexer/repositories/pace.py": (f"{PAGES}/archive/test_ordering.py", "its statement"),
    "indexer/repositories/underway.py": (f"{PAGES}/archive/test_ordering.py", "its statements"),
    "indexer/repositories/watches.py": (f"{PAGES}/archive/test_watching.py", "its statements"),
    "indexer/watching/comparing.py": ("tests/indexer/watching/test_following.py", "what it finds"),
    "query_room/archive/undoing.py": (
        f"{PAGES}/archive/test_batches.py",
        "the event of an undoing",
    ),
    "query_room/commands/import_working.py": (
        "tests/faults/test_importer_kills.py",
        "killed and started again",
    ),
    "query_room/pages/archive/ordering.py": (ORDERING, "beginning an import"),
    "query_room/pages/archive/uploading.py": (ORDERING, "files sent, hostile ones too"),
    "query_room/pages/archive/watches.py": (ORDERING, "following a folder"),
    "query_room/archive/catalogue_paper.py": (
        f"{PAGES}/archive/test_batch_paper.py",
        "what the report says of the catalogue",
    ),
    "query_room/archive/paper_blocks.py": (f"{PAGES}/archive/test_batch_paper.py", "its parts"),
    "query_room/archive/model.py": (f"{PAGES}/archive/test_service.py", "values of the service"),
    "query_room/pages/archive/batches.py": (ARCHIVISTS, "batches and undoing them"),
    "query_room/pages/archive/coverage.py": (ARCHIVISTS, "coverage, and its lists"),
    "query_room/pages/archive/paging.py": (ARCHIVISTS, "lists page by page"),
    "query_room/pages/archive/view_models.py": (ARCHIVISTS, "shown"),
    "query_room/pages/archive/index.py": (ARCHIVISTS, "generations"),
    "query_room/pages/archive/withdrawals.py": (ARCHIVISTS, "withdrawals"),
    "query_room/pages/archive/quarantine.py": (ARCHIVISTS, "quarantine"),
    "query_room/pages/archive/copies.py": (ARCHIVISTS, "copies"),
    "query_room/pages/archive/labels.py": (ARCHIVISTS, "words on pages"),
    "query_room/pages/labels.py": (f"{PAGES}/pages/records/test_views.py", "words on pages"),
    "query_room/pages/preferences.py": (APP, "the switches"),
    "query_room/asking.py": (f"{PAGES}/pages/sign_in/test_views.py", "rights of each request"),
    "query_room/sessions.py": (f"{PAGES}/pages/sign_in/test_views.py", "sessions begin and end"),
    "query_room/error_pages.py": (APP, "what an unknown address shows"),
    "query_room/security_headers.py": (APP, "on every answer"),
    "query_room/register/model.py": (f"{PAGES}/register/test_service.py", "values of the service"),
    "search_api/error_handlers.py": (API, "the one shape of every error"),
    "search_api/limits.py": (API, "bounds that requests meet"),
    "search_api/messages.py": (API, "what errors say, in both languages"),
    "search_api/serializers.py": (API, "what the answers carry"),
    "search_api/snippets.py": (SERVICE, "marked lines of an answer"),
    "search_api/texts.py": (SERVICE, "pages that answers show"),
    "indexer/indexing/analysis_pool.py": (KILLS, "analysis of what the worker indexes"),
    "indexer/indexing/building.py": (KILLS, "builds that are cut short"),
    "indexer/indexing/catching_up.py": (ARCHIVE, "brings every test's index up to date"),
    "indexer/indexing/generating.py": (SERVICE, "withdrawals outlive a new generation"),
    "indexer/indexing/serving.py": (SERVICE, "the generation that answers"),
    "indexer/indexing/supervision.py": (KILLS, "a worker that ends with its parent"),
    "indexer/indexing/worker.py": (KILLS, "killed and started again"),
    # Requests: one story, told step by step in a few long tests.
    "query_room/requests/clocks.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/evidence.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/letters.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/letter_causes.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/letter_contents.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/proposals.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/reading.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/file_parts.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/searches.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/work_model.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/work_repository.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/telling.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/opening.py": (REQUESTS, "the way of a request, step by step"),
    "query_room/requests/model.py": (INTAKE, "how a request comes in, and is erased"),
    "query_room/requests/errors.py": (INTAKE, "how a request comes in, and is erased"),
    "query_room/requests/personal_data.py": (INTAKE, "how a request comes in, and is erased"),
    "query_room/requests/repository.py": (INTAKE, "how a request comes in, and is erased"),
    "query_room/requests/taking_steps.py": (STEPS, "every step, killed at every statement"),
    "query_room/requests/transitions.py": (STEPS, "every step, killed at every statement"),
    "query_room/calendar/errors.py": (CALENDAR, "one service, its data and its notices"),
    "query_room/calendar/model.py": (CALENDAR, "one service, its data and its notices"),
    "query_room/calendar/notices.py": (CALENDAR, "one service, its data and its notices"),
    "query_room/calendar/packaged.py": (CALENDAR, "one service, its data and its notices"),
    "query_room/calendar/repository.py": (CALENDAR, "one service, its data and its notices"),
    "query_room/clock/errors.py": (CLOCK, "what the clock is read from and as"),
    "query_room/clock/events.py": (CLOCK, "what the clock is read from and as"),
    "query_room/clock/model.py": (CLOCK, "what the clock is read from and as"),
    "query_room/letters/document.py": (LETTERS, "every letter, drawn and read back"),
    "query_room/letters/docx.py": (LETTERS, "every letter, drawn and read back"),
    "query_room/letters/html.py": (LETTERS, "every letter, drawn and read back"),
    "query_room/letters/errors.py": (LETTERS, "every letter, drawn and read back"),
    "query_room/letters/model.py": (LETTERS, "every letter, drawn and read back"),
    "query_room/letters/samples.py": (LETTERS, "every letter, drawn and read back"),
    "query_room/letters/words.py": (LETTERS, "every letter, drawn and read back"),
    "query_room/statute/errors.py": (
        f"{PAGES}/statute/test_dispositions.py",
        "raised by the tables",
    ),
    "query_room/pages/clock_labels.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/consulting.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/deciding.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/desk.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/evidence.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/file.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/filing.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/forms.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/labels.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/letters.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/timing.py": (REQUEST_PAGES, "pages used"),
    "query_room/pages/requests/view_models.py": (REQUEST_PAGES, "pages used"),
    "query_room/in_hand.py": (REQUEST_PAGES, "pages used"),
    "query_room/organs/errors.py": (f"{PAGES}/requests/test_intake.py", "raised by the service"),
    "query_room/reviews/errors.py": (REQUESTS, "signed step by step"),
    "query_room/reviews/model.py": (REQUESTS, "signed step by step"),
    "query_room/reviews/repository.py": (REQUESTS, "signed step by step"),
    "query_room/proofs/errors.py": (
        f"{PAGES}/pages/applying/test_views.py",
        "values of the service",
    ),
    "query_room/proofs/model.py": (
        f"{PAGES}/pages/applying/test_views.py",
        "values of the service",
    ),
    "query_room/certificates/errors.py": (
        f"{PAGES}/certificates/test_service.py",
        "raised by the service",
    ),
    "query_room/certificates/model.py": (
        f"{PAGES}/certificates/test_service.py",
        "values of the service",
    ),
    "query_room/certificates/repository.py": (
        f"{PAGES}/certificates/test_service.py",
        "statements of one service",
    ),
    "query_room/letters/letterheads.py": (
        f"{PAGES}/certificates/test_service.py",
        "heads of certificates",
    ),
    "query_room/pages/certificates/views.py": ("tests/browser/test_counter.py", "a certificate"),
    "query_room/retention/repository.py": (
        "tests/query_room/retention/test_service.py",
        "statements of one service",
    ),
    "query_room/organs/model.py": (f"{PAGES}/organs/test_service.py", "values of the service"),
    "query_room/organs/repository.py": (
        f"{PAGES}/organs/test_service.py",
        "statements of one service",
    ),
    "query_room/proofs/drawing.py": (f"{PAGES}/proofs/test_preparing.py", "the program that draws"),
    # Two engines, one suite: the promises of the port are tested on every adapter together.
    "indexer/engine/conditions.py": (CONDITIONS, "values that cross the port"),
    "indexer/engine/searching/conditions.py": (CONDITIONS, "each of them asked"),
    "indexer/analysis/question.py": (CONDITIONS, "values that the parser gives to the analyzer"),
    "indexer/engine/searching/counting.py": (ENGINE, "totals and facets"),
    "indexer/engine/searching/holding.py": ("tests/contracts/test_holding.py", "what is held"),
    "indexer/engine/searching/likeness.py": (
        "tests/contracts/test_likeness.py",
        "records that share words",
    ),
    "indexer/engine/searching/locating.py": (ENGINE, "where a record was met"),
    "indexer/engine/searching/matching.py": (ENGINE, "the matched set, and what comes near it"),
    "indexer/engine/searching/meeting.py": (
        "tests/contracts/test_meeting.py",
        "what single records have of a question",
    ),
    "indexer/commands/verification_words.py": (
        "tests/indexer/commands/test_indexing.py",
        "a meaning for every word",
    ),
    "indexer/indexing/findings.py": (
        "tests/indexer/indexing/test_verification.py",
        "values of the verification",
    ),
    **{
        f"indexer/storage/{part}.py": ("tests/contracts/test_stores.py", "folders and buckets")
        for part in ("containers", "opening")
    },
    **{
        f"indexer/storage/{part}.py": ("tests/indexer/storage/test_objects.py", "a real store")
        for part in ("object_containers", "object_originals")
    },
    "indexer/repositories/verifying.py": (
        "tests/indexer/indexing/test_verification.py",
        "its statements",
    ),
    "indexer/engine/searching/queries.py": (ENGINE, "matching, filters and ranking of the port"),
    "indexer/engine/searching/searcher.py": (ENGINE, "the Searcher's promises"),
    "indexer/engine/expressions.py": (ENGINE, "what both adapters evaluate"),
    "indexer/engine/layout.py": (ENGINE, "what is stored is what is found"),
    "indexer/engine/snapshot.py": (ENGINE, "what an adapter gives"),
    "indexer/engine/elasticsearch/bulk.py": (
        "tests/indexer/engine/elasticsearch/test_writer.py",
        "what is sent, and what is refused",
    ),
    "indexer/engine/elasticsearch/snapshot.py": (ENGINE, "the promises of the port"),
    "indexer/engine/elasticsearch/operations.py": (
        "tests/indexer/engine/elasticsearch/test_writer.py",
        "what is put and deleted, with versions",
    ),
    "indexer/engine/state.py": (ENGINE, "position and versions of a generation"),
    **{
        f"indexer/engine/{module}.py": (ENGINE, "the promises of the port")
        for module in (
            *("embedded/adapter", "embedded/writer"),
            *(
                f"{engine}/{part}"
                for engine in ("embedded", "elasticsearch")
                for part in ("indexes", "queries", "schema", "state")
            ),
        )
    },
}
"""Module to the test that shows it, and why there rather than beside it."""

HELD_TOGETHER = ("*/migrations/*", "query_room/tables/*")
"""Migrations and tables: held to each other by ``tests/test_migrations.py``, on both databases."""


def modules() -> list[str]:
    return sorted(
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if not any(path.match(pattern) for pattern in HELD_TOGETHER)
        and path.name != "__init__.py"
        and "__pycache__" not in path.parts
    )


def mirror_of(module: str) -> Path:
    path = ROOT / "tests" / module
    return path.with_name(f"test_{path.name}")


def test_every_module_has_its_test() -> None:
    without = [
        module
        for module in modules()
        if module not in SHOWN_ELSEWHERE and not mirror_of(module).exists()
    ]
    assert without == []


@pytest.mark.parametrize("module", SHOWN_ELSEWHERE)
def test_an_exception_is_still_one(module: str) -> None:
    shown_in, reason = SHOWN_ELSEWHERE[module]
    assert (ROOT / module).exists(), "the module is gone"
    assert not mirror_of(module).exists(), "it has its own test now"
    assert (ROOT / shown_in).exists()
    assert reason


def test_tests_lie_where_the_packages_lie() -> None:
    strays = [
        folder.relative_to(ROOT / "tests").as_posix()
        for package in PACKAGES
        for folder in (ROOT / "tests" / package).rglob("*")
        if folder.is_dir()
        and folder.name != "__pycache__"
        and not (ROOT / folder.relative_to(ROOT / "tests")).is_dir()
    ]
    assert strays == []


def test_every_tests_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
